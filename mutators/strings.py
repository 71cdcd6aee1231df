"""String literals as they are written: where their text is, and slips in it."""

import re

LITERAL = re.compile(rb"""([A-Za-z]*)('''|\"\"\"|'|")(.*)\2$""", re.DOTALL)
WORD = re.compile(rb"[A-Za-z]{2,}")


def parts_of(literal):
    """Prefix, quote and the offset and text between the quotes; nothing for several literals side by side."""
    match = LITERAL.match(literal)
    if not match:
        return None
    prefix, quote, inner = match.groups()
    # 'a' 'b' has a quote in the middle that no backslash stands before
    if re.search(rb"(?<!\\)(?:\\\\)*" + quote, inner):
        return None
    return prefix.lower(), quote, match.start(3), inner


def texts_of(literal):
    """Spans in the literal of what is text: all between the quotes, or for an f-string what stands outside of its braces."""
    parts = parts_of(literal)
    if parts is None:
        return []
    prefix, _, start, inner = parts
    if b"f" not in prefix:
        return [(start, start + len(inner))]
    spans, depth, begin, at = [], 0, 0, 0
    while at < len(inner):
        if depth == 0 and inner[at : at + 2] in (b"{{", b"}}"):
            at += 2
            continue
        if inner[at : at + 1] == b"{":
            if depth == 0:
                spans.append((begin, at))
            depth += 1
        elif inner[at : at + 1] == b"}":
            depth -= 1
            if depth == 0:
                begin = at + 1
        at += 1
    spans.append((begin, len(inner)))
    return [(start + first, start + last) for first, last in spans if last > first]


def slips_in(text):
    """Ways to write a text wrongly, as (start, end, bytes): a letter missing, another case, a blank or a full stop missing."""
    words = [match for match in WORD.finditer(text) if text[max(0, match.start() - 1) : match.start()] != b"\\"]
    longest = max(words, key=lambda match: match.end() - match.start(), default=None)
    slips = []
    if longest:
        first, last = longest.span()
        middle = (first + last) // 2
        slips.append((middle, middle + 1, b""))
        letter = text[first : first + 1]
        slips.append((first, first + 1, letter.lower() if letter.isupper() else letter.upper()))
    else:
        number = re.search(rb"\d+", text)
        if number:
            slips.append((*number.span(), str(int(number.group()) + 1).encode()))
    blank = re.search(rb"(?<=\S) (?=\S)", text)
    if blank:
        slips.append((*blank.span(), b""))
    stop = re.search(rb"[.!?:;](?=\s|<|$)", text)
    if stop:
        slips.append((*stop.span(), b""))
    return slips
