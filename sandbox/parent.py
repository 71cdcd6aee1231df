"""The parent's lines, read by a thread of their own: heartbeats are answered there, all else is handed on to the event loop."""

import json
import threading

from heartbeat import Heart
from messages import say


class Parent(threading.Thread):
    def __init__(self, lines):
        super().__init__(name="parent", daemon=True)
        self.lines, self.heart = lines, Heart()
        self.gone = threading.Event()
        self.loop = self.obey = self.stop = None

    def run(self):
        for line in self.lines:
            message = json.loads(line)
            if "ping" in message:
                say(pong=message["ping"], stuck=self.heart.beat())
            else:
                self.loop.call_soon_threadsafe(self.obey, message)
        self.gone.set()
        if self.loop:
            self.loop.call_soon_threadsafe(self.stop)

    def attach(self, loop, obey, stop):
        """From here on the parent's lines go to `obey`, and its end to `stop`, both in the loop, which runs in the calling thread."""
        self.obey, self.stop = obey, stop
        self.heart.watch(loop)
        self.loop = loop
        # it may have gone a moment before, when there was nobody to tell
        if self.gone.is_set():
            stop()
