"""A Python file as bytes, with its syntax tree and the way from a node to its bytes."""

import ast
import re

BOM = b"\xef\xbb\xbf"
BLOCKS = ("body", "orelse", "finalbody")


class Change:
    """Edits of one mutant: (start, end, bytes), none touching another. `parses`: what Python must say of the outcome; None for either."""

    def __init__(self, *edits, parses=True):
        self.edits = sorted(edits)
        self.parses = parses


class Source:
    def __init__(self, text):
        self.data = text.encode("utf-8")
        self.start = len(BOM) if self.data.startswith(BOM) else 0
        self.tree = ast.parse(self.data)
        # as Python counts lines; the first begins behind a byte order mark
        ends = [match.end() for match in re.finditer(rb"\r\n|\r|\n", self.data)]
        self.lines = [self.start, *ends]
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        self.silent = self._silent()

    def at(self, line, column):
        return self.lines[line - 1] + column

    def span(self, node):
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def bytes(self, node):
        start, end = self.span(node)
        return self.data[start:end]

    def line_span(self, first, last):
        """All of the lines, the last one's end included; both counted from 1."""
        return self.lines[first - 1], self.lines[last] if last < len(self.lines) else len(self.data)

    def indent_of(self, line):
        start, end = self.line_span(line, line)
        return re.match(rb"[ \t]*", self.data[start:end]).group()

    def is_alone(self, start, end):
        """Whether nothing but spaces and one comma stands beside these bytes on their lines."""
        first = max(at for at in self.lines if at <= start)
        last = next((at for at in self.lines if at >= end), len(self.data))
        return self.data[first:start].strip() == b"" and self.data[end:last].strip(b" \t\r\n,") == b""

    def whole_lines(self, start, end):
        return max(at for at in self.lines if at <= start), next((at for at in self.lines if at >= end), len(self.data))

    def replace(self, node, new, parses=True):
        return Change((*self.span(node), new), parses=parses)

    def apply(self, edits):
        data = self.data
        for start, end, new in reversed(edits):
            data = data[:start] + new + data[end:]
        return data

    def nodes(self, *kinds):
        """In the order of the text; what nobody notices (docstrings, annotations) left out."""
        found = [node for node in ast.walk(self.tree) if isinstance(node, kinds) and hasattr(node, "lineno") and node not in self.silent]
        return sorted(found, key=lambda node: (node.lineno, node.col_offset))

    def blocks(self):
        """Each list of statements with the node that holds it, in the order of the text."""
        found = []
        for node in ast.walk(self.tree):
            for name in BLOCKS:
                body = getattr(node, name, None)
                if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                    found.append((node, body))
        return sorted(found, key=lambda block: first_line(block[1][0]))

    def scope_of(self, node):
        """The function that a node is in, or the file."""
        while node in self.parents:
            node = self.parents[node]
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                return node
        return self.tree

    def _silent(self):
        silent = set()
        for node in ast.walk(self.tree):
            body = getattr(node, "body", None)
            if isinstance(body, list) and body and is_text(body[0]):
                silent.update(ast.walk(body[0]))
            for name in ("annotation", "returns"):
                if getattr(node, name, None) is not None:
                    silent.update(ast.walk(getattr(node, name)))
            # before Python 3.12 places in an f-string may be wrong; its own text is read as a whole
            if isinstance(node, ast.JoinedStr):
                for part in node.values:
                    if isinstance(part, ast.Constant) or not self._has_right_place(part.value):
                        silent.update(ast.walk(part))
                    elif part.format_spec is not None:
                        silent.update(ast.walk(part.format_spec))
        return silent

    def _has_right_place(self, node):
        try:
            return ast.dump(ast.parse(self.bytes(node), mode="eval").body) == ast.dump(node)
        except (SyntaxError, ValueError, IndexError):
            return False


def is_text(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)


def first_line(statement):
    """Of a statement with its decorators."""
    return min([statement.lineno, *[decorator.lineno for decorator in getattr(statement, "decorator_list", [])]])


def is_string(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def name_of(call):
    """The last word of what is called: `route` of `app.route(…)`."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
