"""A function's log as a list of events: each line that it printed is one, and so is a whole traceback."""

import json

from services.worker_side import _OWN_MARK as MARK


class Log(str):
    """A log's text. `splitlines` gives its events: the emulator makes one event of each line, and AWS one of each record of the runtime's."""

    def __new__(cls, events, init_seconds=None):
        events = list(events)
        made = super().__new__(cls, "".join(event if event.endswith("\n") else event + "\n" for event in events))
        made.events, made.init_seconds = events, init_seconds
        return made

    def splitlines(self, keepends=False):
        return self.events


def read_events(lines):
    """The events in lines that a worker has written; a record of the runtime's may begin behind something that was printed without a line's end."""
    events = []
    for line in lines:
        printed, mark, record = line.partition(MARK)
        if printed or not mark:
            events.append(printed + "\n")
        if mark:
            events.append(json.loads(record))
    return events
