"""What the launcher tells its parent."""

import json
import sys
import threading

# Two threads speak: the loop's and the one that answers heartbeats.
speaking = threading.Lock()


class Refusal(Exception):
    """Why the sandbox does not start: a reason for the parent's program, and a sentence for a person."""

    def __init__(self, reason, sentence):
        super().__init__(sentence)
        self.reason = reason


def say(**message):
    line = json.dumps(message) + "\n"
    with speaking:
        sys.stdout.write(line)
        sys.stdout.flush()
