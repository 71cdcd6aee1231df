"""Runs in the process of a Python function, in front of the emulator's worker: errors and log lines as AWS's runtime for Python makes them.

function_errors.py puts this file's text before the worker's script. So it imports the standard library only, and its names begin with `_own`.
An event of the log that may have several lines goes to the sandbox as one line: the mark, and the text in JSON.
"""

import decimal
import importlib
import json
import logging
import sys
import time
import traceback

_OWN_MARK = "\x1eevent "
# What AWS calls the folder of a function's code.
_OWN_TASK_ROOT = "/var/task"
_own_request = {"id": ""}


class _OwnFault(Exception):
    """An error that the runtime names, and not the function's code."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind, self.trace = kind, list(trace)


class _OwnHandler(logging.Handler):
    """The root logger has one on Lambda, which is why `logging.basicConfig()` does nothing there."""

    def emit(self, record):
        record.aws_request_id = _own_request["id"]
        _own_write(self.format(record).rstrip("\n"))


def _own_set_up_logging():
    handler = _OwnHandler()
    handler.setFormatter(
        logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S")
    )
    handler.formatter.converter = time.gmtime
    logging.getLogger().addHandler(handler)


def _own_write(text):
    sys.__stderr__.write(_OWN_MARK + json.dumps(text) + "\n")
    sys.__stderr__.flush()


def _own_load(module_name, handler_name):
    _own_set_up_logging()
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise _OwnFault("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}")
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise _OwnFault("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", trace)
    if not hasattr(module, handler_name):
        raise _OwnFault("Runtime.HandlerNotFound", f"Handler '{handler_name}' missing on module '{module_name}'")
    return getattr(module, handler_name)


def _own_call(handler, event, context, code_folder):
    """What the worker sends: `result`, or `failure`, after which the process stays as it is."""
    _own_request["id"] = context.aws_request_id
    try:
        result = handler(event, context)
        try:
            return json.dumps({"status": "ok", "result": result}, default=_own_encode)
        except Exception as error:
            raise _OwnFault("Runtime.MarshalError", f"Unable to marshal response: {error}")
    except Exception as error:
        return json.dumps({"status": "ok", "failure": _own_report(error, code_folder, context.aws_request_id)})


def _own_encode(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _own_report(error, code_folder, request_id=""):
    """Logs the error, and returns the payload of the answer."""
    if isinstance(error, _OwnFault):
        kind, trace = error.kind, error.trace
    else:
        frames = traceback.extract_tb(error.__traceback__)
        while frames and frames[0].filename.endswith("_worker.py"):
            del frames[0]
        kind, trace = type(error).__name__, traceback.format_list(frames)
    trace = [entry.replace(code_folder, _OWN_TASK_ROOT) for entry in trace]
    lines = [f"[ERROR] {kind}: {error}" if str(error) else f"[ERROR] {kind}", "Traceback (most recent call last):"]
    for line in "".join(trace).splitlines():
        text = line.lstrip(" ")
        # AWS writes the indentation in no-break spaces.
        lines.append("\u00a0" * (len(line) - len(text)) + text)
    _own_write("\n".join(lines))
    return {"errorMessage": str(error), "errorType": kind, "requestId": request_id, "stackTrace": trace}
