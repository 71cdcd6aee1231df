"""Whether the event loop still turns. No emulator here.

A loop that works, however long, and one that waits for a function of the learner's, or for the disk, is not stuck.
"""

import sys
import threading
import time

# A heartbeat comes twice a second. One that comes much later tells of a machine, or a process, that has slept.
LONGEST_S = 1.0
# What a thread that only waits uses up between two heartbeats, at most.
IDLE_CPU_S = 0.002
# Where a loop's thread may be when it waits for another process, which ends, or is ended, in its own time.
WAITS = ("subprocess", "ministack.core.lambda_runtime", "ministack.core.node_pool")


class Heart:
    """Asks the loop for a turn with each heartbeat. `beat` is for one thread, another than the loop's."""

    def __init__(self):
        self.loop = self.thread = None
        self.owes_turn = False
        self.idle = self.last = self.cpu = 0.0

    def watch(self, loop):
        """From here on, this loop, which runs in the calling thread."""
        self.thread = threading.current_thread()
        self.loop = loop

    def beat(self):
        """Seconds for which the loop has done nothing at all, though it was asked for a turn."""
        if not self.loop:
            return 0.0
        now, cpu = time.monotonic(), cpu_time(self.thread)
        if not self.owes_turn:
            self.owes_turn, self.idle = True, 0.0
            self.loop.call_soon_threadsafe(self.take_turn)
        elif cpu - self.cpu > IDLE_CPU_S or is_on_processor(self.thread) or waits_for_process(self.thread):
            self.idle = 0.0
        else:
            self.idle += min(now - self.last, LONGEST_S)
        self.last, self.cpu = now, cpu
        return self.idle

    def take_turn(self):
        self.owes_turn = False


def cpu_time(thread):
    """Seconds that the thread has worked; all of the process' where the system does not tell threads apart (macOS)."""
    try:
        return time.clock_gettime(time.pthread_getcpuclockid(thread.ident))
    except (AttributeError, OSError):
        return time.process_time()


def is_on_processor(thread):
    """Whether it would go on if there were a processor free, or waits for the disk. Linux only."""
    try:
        with open(f"/proc/self/task/{thread.native_id}/stat") as file:
            return file.read().rpartition(") ")[2][:1] in ("R", "D")
    except OSError:
        return False


def waits_for_process(thread):
    frame = sys._current_frames().get(thread.ident)
    while frame:
        if frame.f_globals.get("__name__") in WAITS:
            return True
        frame = frame.f_back
    return False
