"""The emulator's life: patch it, test it, serve until the parent goes. Imported once the environment is set."""

import asyncio
import signal

import apigateway
import certificates
import conditions
import credentials
import function_logs
import functions
import inventory
import parameters
import self_test
import stacks
import state
from services import function_errors, function_rules, gateway_answers, identities, templates, texts
from guard import guard
from messages import Refusal, say

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app

# in this order: one may build on what an earlier one has put in place
PATCHES = (
    *(apigateway, conditions, credentials, function_errors, function_logs, function_rules, functions, gateway_answers),
    *(identities, parameters, stacks, state, templates, texts),
)


async def run(configuration, folder, listener, parent):
    """Serves on the listener until the parent goes or a signal comes; then saves the state. Raises Refusal before it is ready."""
    problems = self_test.find_misfits(PATCHES)
    if problems:
        raise Refusal("misfit", "; ".join(problems))
    for patch in PATCHES:
        patch.install()
    apigateway.quota["delete_every"] = configuration.get("delete_every", 0)

    loop, stop, up = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    saver = state.Saver() if configuration.get("state") else None
    application = guard(app.app, configuration.get("hosts", ()), saver.note_change if saver else None)
    # Certificates take some 150 ms; they are made while the emulator starts.
    making = loop.run_in_executor(None, certificates.make, configuration, folder) if not configuration.get("again") else None
    serving = asyncio.create_task(serve(note_start(application, up), server_config(listener), shutdown_trigger=stop.wait))
    waiting = asyncio.create_task(up.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        raise Refusal("failed", f"the emulator did not start: {serving.exception()}")
    seed_all(configuration)
    problems = await self_test.find_open_doors(application, configuration["account"])
    if problems:
        raise Refusal("misfit", "; ".join(problems))

    saving = asyncio.create_task(saver.run()) if saver else None
    made = await making if making else {}
    parent.attach(loop, lambda message: obey(message, saver, configuration), stop.set)
    say(ready=True, port=listener.getsockname()[1], folder=folder, damaged=state.damaged, **made)
    await serving  # the emulator saves once more at its own end
    if saving:
        saving.cancel()


def seed_all(configuration):
    for key in configuration.get("credentials", []):
        credentials.seed(key)


def obey(message, saver, configuration):
    """Does what a line of the parent's says, and answers it, whatever happens: the parent waits. Only "settle" has no answer."""
    if message.get("settle"):
        if saver:
            saver.save_changes()
        return
    try:
        do(message, saver, configuration)
    except Exception as error:
        say(failed=f"{type(error).__name__}: {error}")


def do(message, saver, configuration):
    """Only with a state folder is there anything to save, forget and load."""
    if message.get("inventory"):
        say(inventory=inventory.find())
    elif message.get("forget"):
        saver.forget()
        say(forgotten=True)
    elif message.get("load"):
        saver.load()
        # access keys are never saved
        seed_all(configuration)
        say(loaded=True)
    else:
        if saver:
            saver.save()
        say(saved=bool(saver))


def server_config(listener):
    config = Config()
    config.bind = [f"fd://{listener.fileno()}"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    config.graceful_timeout = 1
    config.shutdown_timeout = 5
    return config


def note_start(application, up):
    """The same application; sets the event when its start is complete."""

    async def served(scope, receive, send):
        async def sent(message):
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                up.set()

        await application(scope, receive, sent if scope["type"] == "lifespan" else send)

    return served
