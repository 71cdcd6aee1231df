"""What this launcher has started, by a mark that all of it carries, also in a session of its own and with another environment.

The mark is the limit on file locks, which a process has from its parent and which Linux has not looked at for twenty years; see
src/process/family-mark.ts. Elsewhere there is none.
"""

import os
import re
import resource
import signal

# Python has no name for it.
LOCKS = 10
HARD_LIMIT = re.compile(rb"^Max file locks +\S+ +(\d+)", re.MULTILINE)


def mark(family):
    """Marks this process. `family`: an id in hexadecimal digits."""
    try:
        if os.path.exists("/proc/self/limits"):
            resource.setrlimit(LOCKS, (int(family, 16), int(family, 16)))
    except (ValueError, OSError):
        pass  # a lower limit already: then only the process group is known


def end(family):
    """Kills all that has the mark, but not this process."""
    for pid in members(family):
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass


def members(family):
    pids = [int(name) for name in os.listdir("/proc") if name.isdigit()] if os.path.isdir("/proc") else []
    return [pid for pid in pids if pid != os.getpid() and limit_of(pid) == int(family, 16)]


def limit_of(pid):
    try:
        with open(f"/proc/{pid}/limits", "rb") as file:
            found = HARD_LIMIT.search(file.read())
    except OSError:
        return None
    return int(found[1]) if found else None
