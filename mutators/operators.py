"""The mistakes that learners make, each as changes to a file. The first operator that makes a text names it."""

import ast
import re

from layout import indentation, syntax
from lines import missing_lines, missing_words
from source import Change, is_string, name_of
from strings import parts_of, slips_in, texts_of
from words import (
    ARITHMETIC,
    COMPARISONS,
    CONTENT_TYPES,
    HEADER_WORDS,
    METHOD_WORDS,
    METHODS,
    NAMES,
    ROUTE_WORDS,
    STATUS_WORDS,
)

PARAMETER = re.compile(rb"\{(\w+)\}|<(?:\w+:)?(\w+)>|:(\w+)")


def routes(source):
    """Paths of decorators, and of calls that begin with one."""
    for node in source.nodes(ast.Constant):
        if is_route(source, node):
            yield from route_changes(source, node)


def is_route(source, node):
    if not is_string(node) or not re.fullmatch(r"/\S*", node.value) or parts_of(source.bytes(node)) is None:
        return False
    holder = source.parents.get(node)
    if isinstance(holder, ast.keyword):
        return holder.arg in ROUTE_WORDS
    return isinstance(holder, ast.Call) and holder.args[:1] == [node]


def route_changes(source, node):
    _, _, offset, path = parts_of(source.bytes(node))
    start = source.span(node)[0] + offset
    segments = [match for match in re.finditer(rb"[^/]+", path) if not PARAMETER.search(match.group())]
    for match in segments:
        word = match.group()
        other = word[:-1] if word.endswith(b"s") else word + b"s"
        yield Change((start + match.start(), start + match.end(), other))
    for match in PARAMETER.finditer(path):
        first, last = next(match.span(group) for group in (1, 2, 3) if match.group(group))
        other = b"id" if match.group()[1:-1] != b"id" else b"name"
        yield Change((start + first, start + last, other))
    if len(path) > 1 and path.endswith(b"/"):
        yield Change((start + len(path) - 1, start + len(path), b""))
    elif len(path) > 1:
        yield Change((start + len(path), start + len(path), b"/"))
    yield Change((start, start + 1, b""))


def methods(source):
    """GET for POST, small letters, a string for a list; `@app.get` for `@app.post`."""
    for keyword in source.nodes(ast.keyword):
        if keyword.arg not in METHOD_WORDS:
            continue
        listed = isinstance(keyword.value, (ast.List, ast.Tuple, ast.Set))
        values = [node for node in (keyword.value.elts if listed else [keyword.value]) if is_string(node) and node.value.upper() in METHODS]
        for node in values:
            yield text_change(source, node, METHODS[node.value.upper()])
            yield text_change(source, node, node.value.lower())
        for i, node in enumerate(values):
            if len(values) > 1:
                yield without_item(source, keyword.value.elts, i)
        if listed and len(values) == 1:
            yield source.replace(keyword.value, source.bytes(values[0]))
    for node in source.nodes(ast.Attribute):
        holder = source.parents.get(node)
        is_decorator = isinstance(holder, ast.Call) and holder in getattr(source.parents.get(holder), "decorator_list", [])
        if is_decorator and node.attr.upper() in METHODS:
            yield last_word(source, node, METHODS[node.attr.upper()].lower())


def text_change(source, node, text):
    """The same literal with another text."""
    parts = parts_of(source.bytes(node))
    if parts is None:
        return Change()
    start = source.span(node)[0] + parts[2]
    return Change((start, start + len(parts[3]), text.encode("utf-8")))


def without_item(source, items, i):
    """One of several items, with the comma beside it."""
    start, end = source.span(items[i])
    if i + 1 < len(items):
        return Change((start, source.span(items[i + 1])[0], b""))
    return Change((source.span(items[i - 1])[1], end, b""))


def last_word(source, attribute, word):
    end = source.span(attribute)[1]
    return Change((end - len(attribute.attr.encode("utf-8")), end, word.encode("utf-8")))


def statuses(source):
    """`status_code=200`, and `return body, 200`."""
    for node in source.nodes(ast.Constant):
        if is_status(source, node):
            for other in (201 if node.value == 200 else 200, 500 if node.value < 500 else 404):
                yield source.replace(node, str(other).encode())


def is_status(source, node):
    if type(node.value) is not int or not 100 <= node.value <= 599:
        return False
    holder = source.parents.get(node)
    if isinstance(holder, ast.keyword):
        return holder.arg in STATUS_WORDS
    if isinstance(holder, ast.Dict):
        key = holder.keys[holder.values.index(node)] if node in holder.values else None
        return key is not None and is_string(key) and key.value in STATUS_WORDS
    if not isinstance(holder, ast.Tuple) or not isinstance(source.parents.get(holder), ast.Return):
        return False
    return holder.elts.index(node) == 1


def headers(source):
    """Names and values of headers: the hyphen missing, another content type, no charset."""
    for node in source.nodes(ast.Dict):
        if not is_headers(source, node):
            continue
        for key, value in zip(node.keys, node.values):
            if key is not None and is_string(key):
                yield text_change(source, key, key.value.replace("-", "", 1) if "-" in key.value else key.value[:-1])
            if is_string(value):
                kind, _, rest = value.value.partition(";")
                if kind in CONTENT_TYPES:
                    yield text_change(source, value, CONTENT_TYPES[kind] + (";" + rest if rest else ""))
                if rest:
                    yield text_change(source, value, kind)


def is_headers(source, node):
    holder = source.parents.get(node)
    if isinstance(holder, ast.keyword):
        return holder.arg in HEADER_WORDS
    if isinstance(holder, ast.Assign) and len(holder.targets) == 1:
        target = holder.targets[0]
        if isinstance(target, ast.Name) and target.id.lower() in HEADER_WORDS:
            return True
    return any(is_string(key) and re.fullmatch(r"[A-Z]\w+(-[A-Z]\w+)+", key.value) for key in node.keys if key is not None)


def literals(source):
    """Slips in strings and f-strings, other numbers, the other truth."""
    for node in source.nodes(ast.Constant, ast.JoinedStr):
        if isinstance(node, ast.Constant) and type(node.value) is bool:
            yield source.replace(node, str(not node.value).encode())
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield source.replace(node, repr(node.value + 1).encode())
        elif (is_string(node) or isinstance(node, ast.JoinedStr)) and not is_named_already(source, node):
            start = source.span(node)[0]
            literal = source.bytes(node)
            for first, last in texts_of(literal):
                for slip_start, slip_end, new in slips_in(literal[first:last]):
                    yield Change((start + first + slip_start, start + first + slip_end, new))


def is_named_already(source, node):
    """What an operator above has changed in the way that this kind of text invites."""
    if isinstance(node, ast.JoinedStr):
        return False
    holder = source.parents.get(node)
    if isinstance(holder, ast.Dict) and is_headers(source, holder):
        return node in holder.keys or node.value.partition(";")[0] in CONTENT_TYPES
    return is_route(source, node) or node.value.upper() in METHODS


def comparisons(source):
    """`<` for `<=`, `and` for `or`, a `not` that is missing, `-` for `+`."""
    for node in source.nodes(ast.Compare, ast.BoolOp, ast.BinOp):
        if isinstance(node, ast.Compare):
            operands, words = [node.left, *node.comparators], [COMPARISONS.get(type(each).__name__) for each in node.ops]
        elif isinstance(node, ast.BoolOp):
            word = (b"and", b"or") if isinstance(node.op, ast.And) else (b"or", b"and")
            operands, words = node.values, [word] * (len(node.values) - 1)
        else:
            operands, words = [node.left, node.right], [ARITHMETIC.get(type(node.op).__name__)]
        for left, right, word in zip(operands, operands[1:], words):
            start, end = source.span(left)[1], source.span(right)[0]
            at = source.data.find(word[0], start, end) if word else -1
            if at >= 0:
                yield Change((at, at + len(word[0]), word[1]))


def swapped_names(source):
    """A parameter that is called otherwise than in the body, a name for another one, two arguments in the wrong order."""
    yield from renamed_parameters(source)
    yield from mistaken_names(source)
    for node in source.nodes(ast.Attribute):
        if node.attr in NAMES:
            yield last_word(source, node, NAMES[node.attr])
    for node in source.nodes(ast.Call):
        for left, right in zip(node.args, node.args[1:]):
            yield exchanged(source, left, right)


def renamed_parameters(source):
    for node in source.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
        parameters = [*node.args.posonlyargs, *node.args.args]
        for each in parameters:
            if each.arg in ("self", "cls"):
                continue
            start = source.span(each)[0]
            other = b"user" if each.arg != "user" else b"value"
            yield Change((start, start + len(each.arg.encode("utf-8")), other))
        for left, right in zip(parameters, parameters[1:]):
            if left.arg not in ("self", "cls") and left.annotation is None and right.annotation is None:
                yield exchanged(source, left, right)


def mistaken_names(source):
    """Each local name once in a function, and each function that is called; for the next one of its kind."""
    functions = [node.name for node in source.tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    seen = set()
    for node in source.nodes(ast.Name):
        if not isinstance(node.ctx, ast.Load):
            continue
        scope = source.scope_of(node)
        known = functions if node.id in functions else [] if scope is source.tree else locals_of(scope)
        if node.id not in known or (scope, node.id) in seen:
            continue
        seen.add((scope, node.id))
        others = [name for name in known if name != node.id and name != getattr(scope, "name", None)]
        if others:
            after = known.index(node.id) % len(others)
            yield source.replace(node, others[after].encode("utf-8"))


def locals_of(function):
    names = [each.arg for each in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]]
    names += [node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return list(dict.fromkeys(names))


def exchanged(source, left, right):
    return Change((*source.span(left), source.bytes(right)), (*source.span(right), source.bytes(left)))


OPERATORS = (
    ("route", routes),
    ("method", methods),
    ("status", statuses),
    ("header", headers),
    ("literal", literals),
    ("comparison", comparisons),
    ("missing-line", missing_lines),
    ("missing-word", missing_words),
    ("swapped-name", swapped_names),
    ("indentation", indentation),
    ("syntax", syntax),
)
