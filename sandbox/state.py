"""Keeps what was deployed: saved a moment after the last change (stock: at a clean end only), never with a secret key.

A file that cannot be read is put aside rather than written over (stock: the next save does that), and told of.
"""

import asyncio
import logging
import os
import sys
import time

from ministack import app
from ministack.core import persistence
from ministack.services import iam

RELIES_ON = {
    app: ["_build_persistence_save_dict()", "_reset_all_state()", "_load_persisted_state()", "_state_map", "_get_module(name)"],
    iam: ["get_state()"],
    persistence: ["save_all(services)", "load_state(service)", "STATE_DIR"],
}
# A deploy is a burst of calls; one save serves them all.
CALM_S = 0.3
# Paths of files that could not be read, where they lie now.
damaged = []


def install():
    stock_state = iam.get_state
    # Access keys carry their secrets. They are handed in anew at each start.
    iam.get_state = lambda: {name: value for name, value in stock_state().items() if name != "access_keys"}
    app._load_persisted_state = load_all


def load_all():
    """What stock does, but for files that cannot be read."""
    for key, module in app._state_map.items():
        file = os.path.join(persistence.STATE_DIR, f"{key}.json")
        if not os.path.exists(file):
            continue
        try:
            data = persistence.load_state(key)
            if data:
                app._get_module(module).load_persisted_state(data)
            if data is not None:
                continue
        except Exception:
            # its own kind for each way in which a file can be wrong
            logging.getLogger("labwalk").exception("%s cannot be loaded", file)
        put_aside(file)


def put_aside(file):
    folder = os.path.join(os.path.dirname(file), "damaged")
    os.makedirs(folder, exist_ok=True)
    name, ending = os.path.splitext(os.path.basename(file))
    kept = os.path.join(folder, f"{name}-{time.strftime('%Y%m%dT%H%M%S')}{ending}")
    os.rename(file, kept)
    damaged.append(kept)


class Saver:
    """Saves after changes. All its methods are called on the event loop's thread, where no request is half done."""

    def __init__(self):
        self.changed = asyncio.Event()

    def note_change(self):
        self.changed.set()

    def save(self):
        self.changed.clear()
        persistence.save_all(app._build_persistence_save_dict())

    def forget(self):
        """Everything that was made, here and on the disk: what lies there afterwards can be loaded."""
        app._reset_all_state()
        self.changed.clear()

    def load(self):
        # Stock reads the files in buckets once, while the module is imported.
        s3 = sys.modules.get("ministack.services.s3")
        if s3:
            s3._load_persisted_data()
        app._load_persisted_state()

    def save_changes(self):
        if self.changed.is_set():
            self.save()

    async def run(self):
        while await self.changed.wait():
            await asyncio.sleep(CALM_S)
            # who saved or forgot meanwhile has done it, and may have put something else there
            self.save_changes()
