"""A function's log without waiting for it: the worker says where an answer's lines end. Stock waits 50 ms for a first one, each time."""

import queue
import time

from messages import Refusal
from ministack.core import lambda_runtime
from services.function_log import Log, read_events

RELIES_ON = {
    lambda_runtime: ["_PYTHON_WORKER_SCRIPT"],
    lambda_runtime.Worker: ["_drain_stderr(self)", "_drain_stderr_bounded(self,first_line_wait,idle_confirm,hard_cap)"],
}
# No text that people print has this character.
END = "\x1eend of the answer's log"
# The end of what the worker does for a request, by its text: the answer is in the buffer, and is sent.
SENDS = "        _real_stdout.flush()\n\nrun()\n"
MARKS = f"        sys.__stderr__.write({END!r} + chr(10))\n        sys.__stderr__.flush()\n"
# The end is written before the answer is sent, so it is on its way.
SECONDS_TO_ARRIVE = 5


def install():
    script = lambda_runtime._PYTHON_WORKER_SCRIPT
    if not script.endswith(SENDS):
        raise Refusal("misfit", "patch function_logs: the worker of Python functions ends otherwise")
    lambda_runtime._PYTHON_WORKER_SCRIPT = script.removesuffix(SENDS) + MARKS + SENDS
    worker = lambda_runtime.Worker
    stock_drain, stock_drain_at_once = worker._drain_stderr_bounded, worker._drain_stderr

    def drain_stderr_bounded(self, *limits, **named_limits):
        if not self.config.get("Runtime", "python3").startswith("python"):
            return stock_drain(self, *limits, **named_limits)
        return Log(read_events(lines_until_end(self)))

    def drain_stderr(self):
        # asked where the worker's time was up, and it has been ended
        return drain_stderr_bounded(self) if self.config.get("Runtime", "python3").startswith("python") else stock_drain_at_once(self)

    worker._drain_stderr_bounded, worker._drain_stderr = drain_stderr_bounded, drain_stderr


def lines_until_end(worker):
    """A worker that has ended while it answered leaves no end: then its log is over with its pipe."""
    give_up = time.monotonic() + SECONDS_TO_ARRIVE
    while time.monotonic() < give_up:
        is_over = not worker._stderr_thread.is_alive()
        try:
            line = worker._stderr_queue.get(timeout=0 if is_over else 0.05)
        except queue.Empty:
            if is_over:
                return
            continue
        if line == END:
            return
        yield line
