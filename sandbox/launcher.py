"""Starts the AWS emulator of labwalk's sandbox and talks with the parent in JSON lines.

The first line on stdin is the configuration:

    {"region": "ap-southeast-1", "account": "123456789012", "credentials": [KEY, ...],
     "state": FOLDER or absent, "ca_files": [PATH, ...],
     "delete_every": seconds between two deletions of an API, or absent}

What a KEY is: credentials.py. The answer on stdout is one line:

    {"ready": true, "port": 40123, "folder": PATH, "bundle": PATH, "certificate": PEM, "key": PEM}
    {"ready": false, "reason": "locked" | "misfit" | "failed", "error": "a sentence"}

After that each line is obeyed and answered by one line:

    {"save": true}       {"saved": true}
    {"inventory": true}  {"inventory": [["role", "myapp-dev"], ...]}
    {"forget": true}     {"forgotten": true}: nothing is there any more, in the state folder neither
    {"load": true}       {"loaded": true}: what lies in the state folder now

The end of stdin means that the parent is gone or wants an end: the state is saved and the process ends, with every Lambda worker.
The emulator's own log goes to stderr. Keys come over stdin and stay in memory.
"""

import asyncio
import json
import os
import shutil
import signal
import socket
import sys

from folders import lock_folder, make_private_folder
from messages import Refusal, say


def main():
    os.umask(0o077)
    folder = None
    try:
        configuration = json.loads(sys.stdin.readline() or "null")
        if not configuration:
            raise Refusal("failed", "the sandbox got no configuration")
        folder, _folder_lock = make_private_folder()
        state = configuration.get("state")
        if state:
            _state_lock = lock_folder(state)
        listener = open_listener(configuration.get("port") or 0)
        set_environment(configuration, folder, listener.getsockname()[1])
        # Only now: the emulator reads its environment while it is imported.
        from emulator import run

        asyncio.run(run(configuration, folder, listener))
    except Refusal as refusal:
        say(ready=False, reason=refusal.reason, error=str(refusal))
        sys.exit(3)
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
    end_group()


def open_listener(port):
    """On this port, or on any where it is taken."""
    try:
        listener = socket.create_server(("127.0.0.1", port), backlog=256)
    except OSError:
        listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    # Connections inherit it. Without it the second part of an answer waits 40 ms for the first one's receipt.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def set_environment(configuration, folder, port):
    """The emulator, and every Lambda function that it runs, see these variables and no others."""
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
    os.environ.clear()
    os.environ.update(
        keep,
        HOME=folder,
        TMPDIR=folder,
        AUTH="true",
        BIND_HOST="127.0.0.1",
        GATEWAY_PORT=str(port),
        MINISTACK_REGION=configuration["region"],
        MINISTACK_ACCOUNT_ID=configuration["account"],
        AWS_EC2_METADATA_DISABLED="true",
        CLOUDTRAIL_RECORDING="0",
        # These two would listen on ports of their own, the first on all interfaces.
        IOT_MTLS_ENABLED="0",
        SFTP_ENABLED="0",
        # Functions run as processes; a Docker that happens to be here is left alone.
        DOCKER_HOST=f"unix://{folder}/none",
        LOG_LEVEL="WARNING",
    )
    if configuration.get("state"):
        state = configuration["state"]
        os.environ.update(PERSIST_STATE="1", STATE_DIR=state, S3_PERSIST="1", S3_DATA_DIR=os.path.join(state, "s3"))
    import tempfile

    tempfile.tempdir = folder


def end_group():
    """Ends this process and everything that functions started. Does not wait for threads that still serve a function."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main()
