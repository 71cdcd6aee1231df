"""What is left out: statements, decorators, arguments, imported names, words."""

import ast

from source import Change, first_line
from strings import parts_of


def missing_lines(source):
    for _, body in source.blocks():
        for statement in body:
            if statement not in source.silent:
                yield without_statement(source, body, statement)
    for node in source.nodes(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
        for decorator in node.decorator_list:
            last = decorator.end_lineno
            # the @ is not part of the node; one that stands on the line of a def can't be
            yield Change((*source.line_span(decorator.lineno, last), b""))
    for node in source.nodes(ast.Import, ast.ImportFrom):
        if len(node.names) > 1:
            for i in range(len(node.names)):
                yield without_argument(source, node.names, i)
    for node in source.nodes(ast.Call):
        arguments = sorted([*node.args, *node.keywords], key=source.span)
        for i, argument in enumerate(arguments):
            if isinstance(argument, ast.keyword):
                yield without_argument(source, arguments, i)
    for node in source.nodes(ast.Dict):
        if None in node.keys or len(node.keys) < 2:
            continue
        for i in range(len(node.keys)):
            yield without_span(source, *pair_span(source, node, i), i, [pair_span(source, node, each) for each in range(len(node.keys))])


def without_statement(source, body, statement):
    first, last = first_line(statement), statement.end_lineno
    start, end = source.line_span(first, last)
    own = source.at(statement.lineno, statement.col_offset) if first == statement.lineno else None
    # several on a line: only the statement itself
    if own is not None and (source.data[start:own].strip() or source.data[source.span(statement)[1] : end].strip(b" \t\r\n;")[:1] not in (b"", b"#")):
        return source.replace(statement, b"pass")
    if body == [statement] and not isinstance(body[0], ast.Pass) and not is_whole_file(source, body):
        indent = source.indent_of(first)
        line_end = source.data[len(source.data[start:end].rstrip(b"\r\n")) + start : end]
        return Change((start, end, indent + b"pass" + line_end))
    return Change((start, end, b""))


def is_whole_file(source, body):
    return body is source.tree.body


def pair_span(source, node, i):
    return source.span(node.keys[i])[0], source.span(node.values[i])[1]


def without_argument(source, items, i):
    return without_span(source, *source.span(items[i]), i, [source.span(each) for each in items])


def without_span(source, start, end, i, spans):
    """One of several things between commas; with its lines where nothing else stands there."""
    if source.is_alone(start, end):
        return Change((*source.whole_lines(start, end), b""))
    if i + 1 < len(spans):
        return Change((start, spans[i + 1][0], b""))
    return Change((spans[i - 1][1] if i > 0 else start, end, b""))


def missing_words(source):
    """A `return`, the f before a string, an `await`, a `not`, a call around its only argument."""
    for node in source.nodes(ast.Return, ast.Await, ast.UnaryOp):
        value = node.operand if isinstance(node, ast.UnaryOp) else node.value
        if value is not None and (not isinstance(node, ast.UnaryOp) or isinstance(node.op, ast.Not)):
            yield Change((source.span(node)[0], source.span(value)[0], b""))
    for node in source.nodes(ast.JoinedStr):
        literal = source.bytes(node)
        parts = parts_of(literal)
        if parts and parts[0] == b"f" and b"{" in parts[3]:
            start = source.span(node)[0]
            yield Change((start, start + 1, b""))
    for node in source.nodes(ast.Call):
        holder = source.parents.get(node)
        is_value = not isinstance(holder, ast.Expr) and node not in getattr(holder, "decorator_list", [])
        if is_value and len(node.args) == 1 and not node.keywords and not isinstance(node.args[0], ast.Starred):
            yield source.replace(node, source.bytes(node.args[0]))
