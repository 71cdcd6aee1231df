"""Tests at each start that the patches still fit the emulator, and that nobody gets in without a key."""

import inspect
import re
import time
from importlib.metadata import version

MINISTACK = "1.5.33"


def find_misfits(patches, found=None):
    """Sentences about what the patches touch and is no longer there, or takes other parameters.

    A patch has RELIES_ON: for each module the names it touches, as `name` or `name(parameter,parameter)`.
    """
    found = found or version("ministack")
    problems = [] if found == MINISTACK else [f"ministack is {found}, the sandbox's patches are for {MINISTACK}"]
    for patch in patches:
        for module, touched in patch.RELIES_ON.items():
            for wanted in touched:
                problem = find_misfit(module, wanted)
                if problem:
                    problems.append(f"patch {patch.__name__}: {problem}")
    return problems


def find_misfit(module, wanted):
    name, parameters = re.fullmatch(r"(\w+)(\([\w,]*\))?", wanted).groups()
    target = getattr(module, name, None)
    if target is None:
        return f"{module.__name__}.{name} is gone"
    if parameters:
        now = "(" + ",".join(inspect.signature(target).parameters) + ")"
        if now != parameters:
            return f"{module.__name__}.{name} takes {now} instead of {parameters}"
    return None


async def find_open_doors(application, account):
    """Sentences about requests that should be refused and are not. `application` is the guarded one."""
    problems = []
    now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    # Stock ministack takes these for the owner of everything, whatever the secret.
    for key in ("test", "000000000000", account):
        signature = f"AWS4-HMAC-SHA256 Credential={key}/{now[:8]}/us-east-1/iam/aws4_request, SignedHeaders=host, Signature={'0' * 64}"
        headers = [(b"authorization", signature.encode()), (b"x-amz-date", now.encode())]
        if await ask_status(application, "/", headers) != 403:
            problems.append(f"the key {key} is accepted without a secret")
    if await ask_status(application, "/") != 403:
        problems.append("a request without a key is accepted")
    if await ask_status(application, "/_ministack/reset") != 404:
        problems.append("the emulator's administration is open")
    if await ask_status(application, "/", host=b"rebound.example") != 403:
        problems.append("a request by another name is accepted")
    return problems


async def ask_status(application, path, headers=(), host=b"127.0.0.1"):
    """The status that the application gives to an IAM ListRoles request, without a socket."""
    answer = []

    async def receive():
        return {"type": "http.request", "body": b"Action=ListRoles&Version=2010-05-08", "more_body": False}

    async def send(message):
        answer.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 1),
        "headers": [(b"host", host), (b"content-type", b"application/x-www-form-urlencoded"), *headers],
    }
    await application(scope, receive, send)
    return answer[0]["status"]
