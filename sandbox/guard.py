"""What stands between callers and the emulator."""

import re

from hosts import names_sandbox

# The emulator's own administration: reset, configuration, captured mails. Not for callers.
ADMINISTRATION = ("/_ministack/", "/_localstack/")
READING = re.compile(r"(Get|List|Describe|Head|Query|Scan|BatchGet|Filter|Lookup)")


def guard(application, hosts=(), note_change=None):
    """The application for those who ask it by one of its names, without its administration.

    `hosts`: further names, see hosts.py. `note_change` is called after each request that may have changed something.
    """

    async def guarded(scope, receive, send):
        if scope["type"] == "lifespan":
            return await application(scope, receive, send)
        host = header(scope, b"host")
        if not names_sandbox(host, hosts):
            return await refuse(scope, send, 403, f"{host or 'A request without a host'} is not an address of the labwalk sandbox\n")
        if scope["path"].startswith(ADMINISTRATION):
            return await refuse(scope, send, 404)
        await application(scope, receive, send)
        if note_change and scope["type"] == "http" and may_change(scope):
            note_change()

    return guarded


async def refuse(scope, send, status, text=""):
    if scope["type"] == "websocket":
        return await send({"type": "websocket.close"})  # the handshake is then refused
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain; charset=utf-8")]})
    await send({"type": "http.response.body", "body": text.encode()})


def header(scope, name):
    return dict(scope["headers"]).get(name, b"").decode("latin-1")


def may_change(scope):
    if scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return False
    return not READING.match(header(scope, b"x-amz-target").rpartition(".")[2])
