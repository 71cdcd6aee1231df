"""What the launcher tells its parent."""

import json


class Refusal(Exception):
    """Why the sandbox does not start: a reason for the parent's program, and a sentence for a person."""

    def __init__(self, reason, sentence):
        super().__init__(sentence)
        self.reason = reason


def say(**message):
    print(json.dumps(message), flush=True)
