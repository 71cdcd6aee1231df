"""Asks a learner's program something, in the learner's own Python and in the project's folder.

    python -B ask.py CODE SECONDS

CODE imports the program and prints the answer. It may take that many seconds. Standard output gets one line of JSON:

    {"answer": "what CODE printed"}
    {"error": "NameError: ...", "kind": "NameError", "file": "app.py", "line": 7, "missing": "requests"}

`file` and `line` are the last place in the learner's own files, and are left out where none of them had a part in the error; `missing` is the
module that could not be imported. What the program itself prints goes to standard error, so it can't get mixed up with the answer.
"""
import io
import json
import os
import signal
import sys


def find_place(error, project):
    """The last line of the learner's own that was running, or that Python could not read."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        places.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename:
        places.append((error.filename, error.lineno or 1))
    for file, line in reversed(places):
        file = os.path.realpath(os.path.join(project, file))
        if file.startswith(project + os.sep) and os.path.isfile(file) and not is_installed(file):
            return {'file': os.path.relpath(file, project), 'line': line}
    return {}


def is_installed(file):
    """An environment may lie in the project, too."""
    return 'site-packages' in file.split(os.sep) or file.startswith(os.path.realpath(sys.prefix) + os.sep)


def describe(error):
    text = ' '.join((error.msg if isinstance(error, SyntaxError) else str(error)).split())
    name = type(error).__name__
    if isinstance(error, SystemExit):
        return 'the program ended itself with exit() while it was imported'
    return f'{name}: {text}' if text and not text.startswith(f'{name}: ') else text or name


def ask(code, seconds):
    project = os.path.realpath(os.getcwd())
    sys.path[0] = project
    sys.argv = ['app.py']

    def give_up(*_):
        raise TimeoutError(f'it was still running after {seconds} seconds')

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    printed = io.StringIO()
    answer_print = lambda *values: print(*values, file=printed)
    try:
        exec(compile(code, '<check>', 'exec'), {'__name__': 'check', 'print': answer_print})
        return {'answer': printed.getvalue()}
    except BaseException as error:
        missing = {'missing': error.name} if isinstance(error, ModuleNotFoundError) else {}
        return {'error': describe(error), 'kind': type(error).__name__, **find_place(error, project), **missing}
    finally:
        signal.alarm(0)


if __name__ == '__main__':
    answer = os.fdopen(os.dup(1), 'w', encoding='utf-8')
    # the descriptor, not sys.stdout: other programs and libraries in C print, too
    os.dup2(2, 1)
    json.dump(ask(sys.argv[1], int(sys.argv[2])), answer)
    answer.close()
    # at once: a thread or an exit handler of the program must not keep this one
    os._exit(0)
