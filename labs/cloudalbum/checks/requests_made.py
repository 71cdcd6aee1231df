"""The requests to AWS that the learner's code makes, with the place in it."""

import sys
from contextlib import contextmanager
from pathlib import Path

from botocore.client import BaseClient

PROJECT = Path.cwd()


@contextmanager
def watch():
    """Gives a list that fills with (operation, its values, 'line 12 of cloudalbum/chalicelib/models/users.py')."""
    made, stock = [], BaseClient._make_api_call

    def make_api_call(self, operation, values):
        made.append((operation, values, find_place(sys._getframe(1))))
        return stock(self, operation, values)

    BaseClient._make_api_call = make_api_call
    try:
        yield made
    finally:
        BaseClient._make_api_call = stock


def find_place(frame):
    while frame and not frame.f_code.co_filename.startswith(f'{PROJECT}/'):
        frame = frame.f_back
    if not frame:
        return 'your code'
    return f'line {frame.f_lineno} of {PROJECT.name}/{Path(frame.f_code.co_filename).relative_to(PROJECT)}'
