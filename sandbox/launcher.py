"""Starts the AWS emulator of labwalk's sandbox and talks with the parent in JSON lines.

The first line on stdin is the configuration:

    {"region": "ap-southeast-1", "account": "123456789012", "credentials": [KEY, ...],
     "state": FOLDER or absent, "ca_files": [PATH, ...], "hosts": further names by which it may be asked (hosts.py), or absent,
     "port": the one to take where it is free, or absent,
     "again": {"port": 40123, "folder": PATH} or absent, "family": what all that it starts is marked with (family.py), or absent,
     "delete_every": seconds between two deletions of an API, or absent}

What a KEY is: credentials.py. "again" has the place of a launcher that died: this one takes it, with the certificates there, or refuses.
The answer on stdout is one line, in the place of another one without the last three. "damaged": what of the state could not be read, where it lies now.

    {"ready": true, "port": 40123, "folder": PATH, "damaged": [PATH, ...], "bundle": PATH, "certificate": PEM, "key": PEM}
    {"ready": false, "reason": "locked" | "place" | "misfit" | "failed", "error": "a sentence"}

A heartbeat is answered at any time, however many requests are being served, and tells for how long the event loop has been stuck:

    {"ping": 7}          {"pong": 7, "stuck": 0.0}

Once it is ready, each other line is obeyed and answered by one line:

    {"save": true}       {"saved": true}
    {"settle": true}     no answer: saves, where something has changed since the last time
    {"inventory": true}  {"inventory": [["role", "myapp-dev"], ...]}
    {"forget": true}     {"forgotten": true}: nothing is there any more, in the state folder neither
    {"load": true}       {"loaded": true}: what lies in the state folder now

The end of stdin means that the parent is gone or wants an end: the state is saved and the process ends, with every Lambda worker. Its folder
goes with it; after any other end it stays, for the launcher that takes its place.
The emulator's own log goes to stderr. Keys come over stdin and stay in memory.
"""

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
import traceback

import family
from folders import lock_folder, make_private_folder, take_private_folder
from messages import Refusal, say
from parent import Parent


def main():
    os.umask(0o077)
    folder, again, mine, status = None, None, None, 0
    parent = Parent(sys.stdin)
    try:
        configuration = json.loads(sys.stdin.readline() or "null")
        if not configuration:
            raise Refusal("failed", "the sandbox got no configuration")
        parent.start()
        mine = configuration.get("family")
        if mine:
            family.mark(mine)
        again = configuration.get("again")
        folder, _folder_lock = take_private_folder(again["folder"]) if again else make_private_folder(mine)
        state = configuration.get("state")
        if state:
            _state_lock = lock_folder(state)
        listener = open_listener_again(again["port"]) if again else open_listener(configuration.get("port") or 0)
        set_environment(configuration, folder, listener.getsockname()[1])
        # Only now: the emulator reads its environment while it is imported.
        from emulator import run

        asyncio.run(run(configuration, folder, listener, parent))
    except Refusal as refusal:
        say(ready=False, reason=refusal.reason, error=str(refusal))
        status = 3
    except BaseException:
        traceback.print_exc()
        status = 1
    is_in_use = again or parent.loop
    if folder and (parent.gone.is_set() or not is_in_use):
        shutil.rmtree(folder, ignore_errors=True)
    if status:
        # Not sys.exit: Python waits at its end for the thread that reads stdin, and then breaks off.
        sys.stderr.flush()
        os._exit(status)
    if mine:
        family.end(mine)
    end_group()


def open_listener_again(port):
    """On this port: terminals have its address."""
    try:
        return listen_on(port)
    except OSError as error:
        raise Refusal("place", f"port {port} cannot be had again: {os.strerror(error.errno)}") from error


def open_listener(port):
    """On this port, or on any where it is taken."""
    try:
        return listen_on(port)
    except OSError:
        return listen_on(0)


def listen_on(port):
    listener = socket.create_server(("127.0.0.1", port), backlog=256)
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
