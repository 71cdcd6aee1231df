"""What `chalice deploy` would refuse, and what would fail on Lambda: asked of Chalice itself. Read into a check behind packed.py; see ask.py."""
import json
import os
import sys

sys.path.append(os.path.abspath('vendor'))  # as Chalice does
import app
from chalice.app import Chalice
from chalice.cli.factory import CLIFactory
from chalice.deploy.validate import validate_configuration
from chalice.local import LambdaContext, LambdaEventConverter, RouteMatcher
from chalice.policy import AppPolicyGenerator
from chalice.utils import OSUtils


def find_refused_source(config):
    """The analyzer reads app.py to write the function's permissions. It does so as text, and understands less than Python."""
    if not config.autogen_policy:
        return None
    try:
        AppPolicyGenerator(OSUtils()).generate_policy(config)
    except UnicodeDecodeError as error:
        with open('app.py', 'rb') as file:
            line = file.read()[: error.start].count(b'\n') + 1
        return {'kind': 'encoding', 'line': line}
    except SyntaxError as error:
        kind = 'mark' if 'FEFF' in str(error.msg) else 'source'
        return {'kind': kind, 'line': error.lineno, 'error': str(error.msg)}
    except Exception as error:
        line, trace = None, error.__traceback__
        while trace is not None:
            # what the analyzer was looking at
            line = getattr(trace.tb_frame.f_locals.get('node'), 'lineno', line)
            trace = trace.tb_next
        name = str(error).removeprefix('Unknown symbol name: ')
        if name != str(error):
            return {'kind': 'inner-function', 'line': line, 'name': name}
        return {'kind': 'source', 'line': line, 'error': f'{type(error).__name__}: {error}'}
    return None


def find_refused_configuration(config):
    try:
        validate_configuration(config)
    except Exception as error:
        return {'kind': 'configuration', 'error': ' '.join(str(error).split())}
    return None


def find_lost_answer(chalice_app):
    """A function on Lambda hands its answer on as JSON. On this machine nothing stands between Chalice and the caller."""
    convert = LambdaEventConverter(RouteMatcher(list(chalice_app.routes)), chalice_app.api.binary_types)
    headers = {'content-type': 'application/json', 'accept': '*/*'}
    for method, path, body in [('GET', '/users/Ada', ''), ('POST', '/users', '{"name": "Ada"}')]:
        try:
            event = convert.create_lambda_event(method=method, path=path, headers=headers, body=body)
        except ValueError:
            return {'kind': 'no-route', 'route': f'{method} {path}'}
        try:
            answer = chalice_app(event, LambdaContext('myapp-dev', 128))
            json.dumps(answer)
        except Exception as error:
            kind = 'bytes' if 'bytes is not JSON' in str(error) else 'answer'
            return {'kind': kind, 'route': f'{method} {path}', 'error': f'{type(error).__name__}: {error}'}
    return None


def find_problem():
    if not isinstance(getattr(app, 'app', None), Chalice):
        return {'kind': 'no-app'}
    config = CLIFactory(os.getcwd()).create_config_obj('dev')
    left = find_left_behind(os.getcwd())
    return (
        find_refused_source(config)
        or find_refused_configuration(config)
        or (left and {'kind': left['why'], **left})
        or find_lost_answer(app.app)
    )


print(json.dumps(find_problem()))
