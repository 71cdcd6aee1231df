"""Folders that belong to one launcher, told by a lock that the system frees however the launcher ends."""

import fcntl
import os
import re
import shutil
import stat
import tempfile
import time

import family
from messages import Refusal

PREFIX = "labwalk-sandbox-"
LOCK, BUNDLE, WGETRC = ".lock", "bundle.pem", "wgetrc"
# A folder is made a moment before its lock; a younger one may be another launcher's that is just starting.
NEW_S = 5


def lock_file(path):
    """An open file whose lock is ours until this process ends, or None where another process has it."""
    handle = open(path, "a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return handle
    except OSError:
        handle.close()
        return None


def lock_folder(path):
    """Makes the folder and locks it; a Refusal where another launcher has it. The lock file holds the owner's pid."""
    try:
        os.makedirs(path, exist_ok=True)
        held = lock_file(os.path.join(path, LOCK))
    except OSError as error:
        raise Refusal("failed", f"{path} cannot be written: {error.strerror}") from error
    if not held:
        with open(os.path.join(path, LOCK)) as owner:
            raise Refusal("locked", f"{path} is in use by another sandbox (pid {owner.read().strip() or 'unknown'})")
    held.truncate(0)
    held.write(str(os.getpid()))
    held.flush()
    return held


def remove_leftovers(root):
    """Removes the folders of launchers that were killed, and ends what they have left: ours by name and owner, and their lock is free."""
    for name in os.listdir(root):
        path = os.path.join(root, name)
        if not name.startswith(PREFIX):
            continue
        try:
            info = os.lstat(path)
            if not stat.S_ISDIR(info.st_mode) or info.st_uid != os.getuid() or time.time() - info.st_mtime < NEW_S:
                continue
            held = lock_file(os.path.join(path, LOCK))
        except OSError:
            continue  # another launcher was quicker
        if held:
            held.seek(0)
            mark = held.read().strip()
            if re.fullmatch(r"[0-9a-f]{12}", mark):
                family.end(mark)
            shutil.rmtree(path, ignore_errors=True)
            held.close()


def make_private_folder(mark=None):
    """A temporary folder of this process, for certificates and functions' code, and the lock that must be kept. It holds the family's mark."""
    root = tempfile.gettempdir()
    remove_leftovers(root)
    path = tempfile.mkdtemp(prefix=PREFIX)
    held = lock_file(os.path.join(path, LOCK))
    held.write(mark or "")
    held.flush()
    return path, held


def take_private_folder(path):
    """The one of a launcher that died, with its certificates, and the lock. A Refusal where they are not there for us."""
    try:
        held = lock_file(os.path.join(path, LOCK))
        if not held or not {BUNDLE, WGETRC} <= set(os.listdir(path)):
            raise Refusal("place", f"{path} is in use or was changed")
        for entry in os.scandir(path):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            elif entry.name not in (LOCK, BUNDLE, WGETRC):
                os.remove(entry.path)
    except OSError as error:
        raise Refusal("place", f"{path} cannot be used again: {error.strerror}") from error
    return path, held
