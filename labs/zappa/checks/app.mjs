/**
 * Which requests the app takes, as Flask itself sees them after it has read app.py: however the file is written, this counts. With the argument
 * `users` the routes of the users are wanted, too. Prints a verdict for labwalk's script check where one is missing.
 */
/* global argv */
import { judgeApp } from '../../common/checks/learners-python.mjs';
import { judgeFlask, probesFor, wantedRequests } from './flask-routes.mjs';

const wanted = wantedRequests(argv._);
const ask = `
import inspect, json, os, app, flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

def place(view):
    code = getattr(inspect.unwrap(view), '__code__', None)
    file = os.path.realpath(code.co_filename) if code else ''
    project = os.path.realpath(os.getcwd()) + os.sep
    return {'file': file[len(project):], 'line': code.co_firstlineno} if file.startswith(project) else {}

def probe(adapter, rules, method, path):
    try:
        rule, _ = adapter.match(path, method=method, return_rule=True)
        return {'result': 'taken', 'rule': rules.index(rule)}
    except RequestRedirect:
        return {'result': 'redirected'}
    except MethodNotAllowed:
        return {'result': 'refused'}
    except NotFound:
        return {'result': 'unknown'}

def describe(found):
    rules, adapter = list(found.url_map.iter_rules()), found.url_map.bind('localhost')
    return {
        'rules': [{'rule': rule.rule, 'methods': sorted(rule.methods - {'HEAD', 'OPTIONS'}), **place(found.view_functions[rule.endpoint])} for rule in rules],
        'probes': [{'method': method, 'path': path, **probe(adapter, rules, method, path)} for method, path in ${JSON.stringify(probesFor(wanted))}],
    }

found = getattr(app, 'app', None)
other = [name for name, value in vars(app).items() if isinstance(value, flask.Flask)]
print(json.dumps(describe(found) if isinstance(found, flask.Flask) else {'name': other[0]} if other else {}))
`;
await judgeApp('myzappa', ask, (found) => judgeFlask(wanted, found));
