"""Stops the main thread of a process, and no other of its threads, until somebody kills that process: `python3 freeze-thread.py PID`. Linux."""

import ctypes
import os
import sys

SEIZE, INTERRUPT = 0x4206, 0x4207  # <linux/ptrace.h>
WALL = 0x40000000  # <linux/wait.h>

pid = int(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
for request in (SEIZE, INTERRUPT):
    if libc.ptrace(request, pid, None, None):
        sys.exit(f"ptrace: {os.strerror(ctypes.get_errno())}")
while True:
    _, status = os.waitpid(pid, WALL)
    if not os.WIFSTOPPED(status):
        break
    print("stopped", flush=True)
