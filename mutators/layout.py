"""Indentation and typing slips. Many of them can't be read by Python, and that is what the lab must tell."""

import ast
import re

from source import Change, first_line, is_string

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPOUND = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try)


def indentation(source):
    for node, body in source.blocks():
        if isinstance(node, (*FUNCTIONS, *COMPOUND)) and body is node.body and body[0] not in source.silent:
            yield from moved_out(source, node, body)
        yield from moved_in(source, body)


def moved_out(source, node, body):
    """The last statement of a block stands beside it; the first has a blank too many, or none at all where it is the only one."""
    last = body[-1]
    outer = source.indent_of(first_line(node))
    inner = source.indent_of(first_line(last))
    if len(body) > 1 and len(inner) > len(outer):
        yield shifted(source, last, lambda line: line[len(inner) - len(outer) :] if line.startswith(inner) else line)
    if isinstance(node, FUNCTIONS):
        first = body[0]
        if len(body) > 1:
            yield shifted(source, first, lambda line: b" " + line, parses=False)
        else:
            yield shifted(source, first, lambda line: line[len(inner) :] if line.startswith(inner) else line, parses=False)


def moved_in(source, body):
    """What follows a block stands in it: a function in the one above, a statement in the `if` above."""
    for above, statement in zip(body, body[1:]):
        both_functions = isinstance(above, FUNCTIONS) and isinstance(statement, FUNCTIONS)
        if not both_functions and not (isinstance(above, COMPOUND) and not isinstance(statement, COMPOUND)):
            continue
        outer = source.indent_of(first_line(above))
        inner = source.indent_of(first_line(above.body[-1]))
        step = inner[len(outer) :]
        if step and first_line(above.body[-1]) > above.lineno:
            yield shifted(source, statement, lambda line, step=step: step + line if line.strip() else line)


def shifted(source, statement, move, parses=True):
    start, end = source.line_span(first_line(statement), statement.end_lineno)
    return Change((start, end, b"".join(move(line) for line in source.data[start:end].splitlines(keepends=True))), parses=parses)


def syntax(source):
    """A few: the first of each kind, and one in the middle of what there is most of."""
    blocks = source.nodes(*FUNCTIONS, ast.ClassDef, *COMPOUND)
    if blocks:
        node = blocks[len(blocks) // 2]
        before = node.body[0]
        head_end = source.at(first_line(before), 0) if first_line(before) > node.lineno else source.span(before)[0]
        colon = source.data.rfind(b":", source.span(node)[0], head_end)
        if colon >= 0:
            yield Change((colon, colon + 1, b""), parses=False)
    strings = [node for node in source.nodes(ast.Constant) if is_string(node) and node.lineno == node.end_lineno]
    for node in strings[:: max(1, len(strings) // 2 + 1)]:
        end = source.span(node)[1]
        yield Change((end - 1, end, b""), parses=False)
    calls = source.nodes(ast.Call)
    for node in calls[:: max(1, len(calls) // 2 + 1)]:
        end = source.span(node)[1]
        yield Change((end - 1, end, b""), parses=False)
    several = [node for node in calls if len(node.args) + len(node.keywords) > 1]
    if several:
        node = several[len(several) // 2]
        arguments = sorted([*node.args, *node.keywords], key=source.span)
        start, end = source.span(arguments[0])[1], source.span(arguments[1])[0]
        comma = source.data.find(b",", start, end)
        if comma >= 0:
            yield Change((comma, comma + 1, b""), parses=False)
    words = re.search(rb"^[ \t]*(?:async +)?(def) ", source.data, re.MULTILINE)
    if words:
        yield Change((*words.span(1), b"de"), parses=False)
