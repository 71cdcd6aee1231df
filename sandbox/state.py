"""Keeps what was deployed: saved a moment after the last change (stock: at a clean end only), never with a secret key."""

import asyncio
import sys

from ministack import app
from ministack.core import persistence
from ministack.services import iam

RELIES_ON = {
    app: ["_build_persistence_save_dict()", "_reset_all_state()", "_load_persisted_state()"],
    iam: ["get_state()"],
    persistence: ["save_all(services)"],
}
# A deploy is a burst of calls; one save serves them all.
CALM_S = 0.3


def install():
    stock_state = iam.get_state
    # Access keys carry their secrets. They are handed in anew at each start.
    iam.get_state = lambda: {name: value for name, value in stock_state().items() if name != "access_keys"}


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

    async def run(self):
        while await self.changed.wait():
            await asyncio.sleep(CALM_S)
            # who saved or forgot meanwhile has done it, and may have put something else there
            if self.changed.is_set():
                self.save()
