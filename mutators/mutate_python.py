"""Lists mutants of Python files: what a learner may write by mistake. Nothing of the files is run.

One JSON object on stdin, one on stdout; files and mutants in the order of the input and of the operators:

    {"files": ["text", ...]}
    {"files": [{"mutants": [{"operator": "route", "edits": [[START, END, "text"], ...]}, ...]}, {"error": "a sentence"}, ...]}

START and END are offsets in the bytes of the text in UTF-8: all that no edit names stays as it is, comments and layout included.
A mutant that Python can't read is left out, unless it is meant to be one (`syntax`, and some of `indentation`).
"""

import ast
import json
import os
import sys
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from operators import OPERATORS  # noqa: E402
from source import Source  # noqa: E402


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(4000)
    files = json.loads(sys.stdin.buffer.read().decode("utf-8"))["files"]
    answer = json.dumps({"files": [mutants_of(text) for text in files]})
    sys.stdout.write(answer)


def mutants_of(text):
    try:
        source = Source(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"error": str(error) or type(error).__name__}
    found = []
    for name, operator in OPERATORS:
        for change in operator(source):
            mutated = source.apply(change.edits)
            if mutated != source.data and change.parses in (None, reads(mutated)):
                found.append({"operator": name, "edits": [[start, end, new.decode("utf-8")] for start, end, new in change.edits]})
    return {"mutants": found}


def reads(data):
    try:
        ast.parse(data)
        return True
    except (SyntaxError, ValueError):
        return False


main()
