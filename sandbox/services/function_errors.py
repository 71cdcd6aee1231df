"""Errors of functions, and the log of a call, as AWS gives them. Stock names no kind of error, has no trace, and ends a function that raised one."""

import json
import os
import signal
import time
from datetime import datetime, timezone

from messages import Refusal
from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from services.function_log import Log, read_events

RELIES_ON = {
    lambda_runtime: ["_PYTHON_WORKER_SCRIPT"],
    lambda_runtime.Worker: ["_spawn(self)", "invoke(self,event,request_id,trace_id,depth,durable,invoked_function_arn)"],
    lambda_svc: ["_execute_function_warm(func,event,request_id)", "_probe_peak_memory_mb(func)"],
}
WORKER_SIDE = os.path.join(os.path.dirname(__file__), "worker_side.py")
# Places in the worker's script, by their text, and what stands there instead.
CHANGES = {
    "        mod = importlib.import_module(module_name)\n        handler_fn = getattr(mod, handler_name)\n": (
        "        handler_fn = _own_load(module_name, handler_name)\n"
    ),
    """        _real_stdout.write(json.dumps({"status": "error", "error": str(e)}) + "\\n")\n""": (
        """        _real_stdout.write(json.dumps({"status": "error", "error": json.dumps(_own_report(e, code_dir))}) + "\\n")\n"""
    ),
    """        try:
            result = handler_fn(event, context)
            _real_stdout.write(json.dumps({"status": "ok", "result": result}) + "\\n")
        except Exception as e:
            _real_stdout.write(json.dumps({"status": "error", "error": str(e), "trace": traceback.format_exc()}) + "\\n")
""": """        _real_stdout.write(_own_call(handler_fn, event, context, code_dir) + "\\n")\n""",
}
INIT_FAILED = "Worker init failed: "
ENDED_AT_INIT = "Worker process exited immediately. stderr: "
ENDED = "Worker process died"
TIMED_OUT = "Task timed out after "


class Failure(str):
    """An error message that carries the whole payload of the answer, and the log: stock passes on the message alone."""

    def __new__(cls, payload, log, status="error"):
        made = super().__new__(cls, payload["errorMessage"])
        made.payload, made.log, made.status = payload, log, status
        return made


def install():
    lambda_runtime._PYTHON_WORKER_SCRIPT = change_script(lambda_runtime._PYTHON_WORKER_SCRIPT)
    worker, stock_execute = lambda_runtime.Worker, lambda_svc._execute_function_warm
    stock_spawn, stock_invoke = worker._spawn, worker.invoke

    def spawn(self):
        started = time.monotonic()
        try:
            stock_spawn(self)
        finally:
            self.latest_process, self.init_seconds = self._proc, time.monotonic() - started

    def invoke(self, event, request_id, **details):
        if not is_python(self.config):
            return stock_invoke(self, event, request_id, **details)
        self.init_seconds = None
        try:
            answer = stock_invoke(self, event, request_id, **details)
        except RuntimeError as error:
            answer = read_failed_init(self, str(error), request_id)
            if not answer:
                raise
        return with_failure(self, answer, request_id)

    def execute(func, event, request_id):
        started = time.monotonic()
        result = stock_execute(func, event, request_id)
        message = result["body"].get("errorMessage") if isinstance(result.get("body"), dict) and result.get("error") else None
        failure = message if isinstance(message, Failure) else None
        if failure is not None:
            result = {"body": failure.payload, "error": True, "log": failure.log}
        seconds = time.monotonic() - started
        result["log"] = whole_log(func, request_id, result.get("log") or "", seconds, failure)
        # So the emulator takes these lines as they are, instead of adding a start and an end.
        result["log_source"] = "rie"
        return result

    worker._spawn, worker.invoke, lambda_svc._execute_function_warm = spawn, invoke, execute


def is_python(config):
    return config.get("Runtime", "python3").startswith("python")


def change_script(script):
    for old, new in CHANGES.items():
        if script.count(old) != 1:
            raise Refusal("misfit", "patch function_errors: the worker of Python functions works otherwise")
        script = script.replace(old, new)
    with open(WORKER_SIDE, encoding="utf-8") as file:
        return file.read() + script


def read_failed_init(worker, error, request_id):
    """The answer of a worker that could not begin, or None where something else has happened."""
    if error.startswith(INIT_FAILED + "{"):
        answer = {"status": "ok", "failure": json.loads(error.removeprefix(INIT_FAILED)), "log": worker._drain_stderr_bounded()}
    elif error.startswith(ENDED_AT_INIT):
        rest = read_events(error.removeprefix(ENDED_AT_INIT).splitlines())
        answer = {"status": "error", "error": ENDED, "log": Log([*worker._drain_stderr_bounded().splitlines(), *rest])}
    else:
        return None
    # The next request finds it ended, and starts another.
    worker.latest_process.wait()
    return answer


def with_failure(worker, answer, request_id):
    """The worker's answer; where something failed, with a Failure as its error."""
    log, error, status = answer.get("log") or Log(()), answer.get("error"), "error"
    if "failure" in answer:
        payload = answer["failure"]
    elif error == ENDED:
        reason = describe_end(worker.latest_process.wait())
        payload = {"errorType": "Runtime.ExitError", "errorMessage": f"RequestId: {request_id} Error: {reason}"}
        log = Log([*log.splitlines(), f"{payload['errorMessage']}\nRuntime.ExitError\n"])
    elif error and error.startswith(TIMED_OUT):
        status = "timeout"
        payload = {"errorType": "Sandbox.Timedout", "errorMessage": f"RequestId: {request_id} Error: {error}"}
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        log = Log([*log.splitlines(), f"{now} {request_id} {error}\n\n"])
    else:
        if isinstance(log, Log):
            log.init_seconds = worker.init_seconds
        return answer
    log = Log(log.splitlines(), worker.init_seconds)
    return {"status": "error", "error": Failure(payload, log, status), "cold_start": answer.get("cold_start")}


def describe_end(code):
    """Says how a process has ended, by its exit code as `subprocess` gives it."""
    if code == 0:
        return "Runtime exited without providing a reason"
    if code > 0:
        return f"Runtime exited with error: exit status {code}"
    return f"Runtime exited with error: signal: {(signal.strsignal(-code) or str(-code)).lower()}"


def whole_log(func, request_id, log, seconds, failure):
    """The events of one call, from START to REPORT."""
    config = func.get("config") or func
    init = getattr(log, "init_seconds", None)
    milliseconds = max(0.01, (seconds - (init or 0)) * 1000)
    facts = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {milliseconds:.2f} ms",
        f"Billed Duration: {int(milliseconds) + 1} ms",
        f"Memory Size: {config.get('MemorySize', 128)} MB",
        f"Max Memory Used: {lambda_svc._probe_peak_memory_mb(func)} MB",
        *([f"Init Duration: {init * 1000:.2f} ms"] if init else []),
        *([f"Status: {failure.status}"] if failure is not None else []),
        *([f"Error Type: {failure.payload['errorType']}"] if failure is not None and names_end(failure) else []),
    ]
    start = f"START RequestId: {request_id} Version: {config.get('Version', '$LATEST')}\n"
    return Log([start, *log.splitlines(), f"END RequestId: {request_id}\n", "\t".join(facts) + "\t\n"])


def names_end(failure):
    return failure.status == "error"
