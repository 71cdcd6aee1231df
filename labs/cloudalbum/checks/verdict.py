"""How a check written in Python says what is wrong."""

import json
import sys


def fail(expected: str, actual: object, advice: str):
    print(json.dumps({'expected': expected, 'actual': str(actual), 'try': advice}))
    sys.exit()
