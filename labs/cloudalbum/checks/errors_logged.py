"""What goes wrong in a route is in the app's log only: the page that people see says little."""

import logging
import traceback
from pathlib import Path

PROJECT = Path.cwd()
WRITTEN = 'chalicelib/routes/search.py'


class ErrorsLogged(logging.Handler):
    def __init__(self, log):
        super().__init__()
        self.last = None
        log.addHandler(self)

    def emit(self, record):
        if record.exc_info:
            self.last = record.exc_info[1]

    def explain(self):
        """The last error, and what to do about it: the learner's line rather than what it calls."""
        if not self.last:
            return 'status 500', 'Compare your file with the text of the step, and save it.'
        lines = [frame.lineno for frame in traceback.extract_tb(self.last.__traceback__) if frame.filename == str(PROJECT / WRITTEN)]
        advice = f'Look at line {lines[-1]} of cloudalbum/{WRITTEN}.' if lines else 'Compare your file with the text of the step, and save it.'
        error = ''.join(traceback.format_exception_only(self.last)).strip()
        if "'NoneType' object has no attribute 'get'" in error:
            advice += ' query_params is None where an address has no question mark: (request.query_params or {})'
        return error, advice
