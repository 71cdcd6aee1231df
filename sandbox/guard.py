"""What stands between callers and the emulator."""

import re

# The emulator's own administration: reset, configuration, captured mails. Not for callers.
ADMINISTRATION = ("/_ministack/", "/_localstack/")
OPEN = ("/health", "/ready")
READING = re.compile(r"(Get|List|Describe|Head|Query|Scan|BatchGet|Filter|Lookup)")


def guard(application, note_change=None):
    """The application without its administration; `note_change` is called after each request that may have changed something."""

    async def guarded(scope, receive, send):
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(ADMINISTRATION) and not path.endswith(OPEN):
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        await application(scope, receive, send)
        if note_change and scope["type"] == "http" and may_change(scope):
            note_change()

    return guarded


def may_change(scope):
    if scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return False
    target = dict(scope["headers"]).get(b"x-amz-target", b"").decode("latin-1").rpartition(".")[2]
    return not READING.match(target)
