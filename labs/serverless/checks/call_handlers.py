"""Calls the learner's functions as Lambda does, each with an event: JSON in, JSON out. What they print is dropped."""

import contextlib
import importlib
import io
import json
import sys
import traceback
from pathlib import Path

PROJECT = Path.cwd()


class Context:
    function_name = 'myapp-dev'
    function_version = '$LATEST'
    invoked_function_arn = 'arn:aws:lambda:ap-southeast-1:123456789012:function:myapp-dev'
    memory_limit_in_mb = '1024'
    aws_request_id = 'check'
    log_group_name = log_stream_name = 'check'

    def get_remaining_time_in_millis(self):
        return 6000


def find(handler):
    """As Lambda's own start does it: `users/api.show_user` is show_user of the module users.api."""
    module, _, name = handler.rpartition('.')
    return getattr(importlib.import_module(module.replace('/', '.')), name)


def call(handler, event):
    try:
        function = find(handler)
    except AttributeError:
        return {'missing': handler}
    except ModuleNotFoundError as error:
        # the module of the handler, and not one that it imports
        if error.name == handler.rpartition('.')[0].replace('/', '.'):
            return {'missing': handler}
        return {'error': traceback.format_exc()}
    except BaseException:
        return {'error': traceback.format_exc()}
    try:
        answer = function(event, Context())
    except BaseException:
        return {'error': traceback.format_exc()}
    try:
        return {'answer': json.loads(json.dumps(answer))}
    except (TypeError, ValueError) as error:
        return {'no_json': str(error)}


def own_files():
    files = {getattr(module, '__file__', None) for module in list(sys.modules.values())}
    paths = [Path(file) for file in files if file]
    return sorted(str(path.relative_to(PROJECT)) for path in paths if path.is_relative_to(PROJECT))


sys.path[0] = str(PROJECT)
sys.argv[1:], calls = [], json.loads(sys.argv[1])
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    results = [call(**one) for one in calls]
print(json.dumps({'results': results, 'files': own_files()}))
