/** Right ways to write the flagship's app.py, which each of its checks must accept. */
import { echo, greet, solution, write, type Variant } from './variants.ts';

const BLUEPRINT = `from chalice import Blueprint, Response

users = Blueprint(__name__)


@users.route('/users/{name}')
def show(name):
    users.current_app.log.debug('%s %s', users.current_request.method, users.current_request.to_dict())
    return Response(f'<h1> Your name is {name}.</h1>', {'content-type': 'text/html'})


@users.route('/users', methods=['POST'])
def add():
    users.current_app.log.debug(users.current_request.method)
    return users.current_request.json_body
`;
const withBlueprint = `import logging
from chalice import Chalice
from chalicelib.users import users

app = Chalice(app_name='myapp')
app.log.setLevel(logging.DEBUG)
app.register_blueprint(users)


@app.route('/')
def index():
    return {'hello': 'world'}
`;
const blueprintFiles = { 'chalicelib/__init__.py': '', 'chalicelib/users.py': BLUEPRINT };

export const right: Variant[] = [
  { name: "the lab's own", step: 'add-routes', app: solution },
  { name: "the lab's own", step: 'test-get', app: solution },
  { name: "the lab's own", step: 'test-post', app: solution },
  { name: 'format()', step: 'test-get', app: greet("'<h1> Your name is {}.</h1>'.format(escape(name))") },
  { name: 'the % operator', step: 'test-get', app: greet("'<h1> Your name is %s.</h1>' % escape(name)") },
  { name: 'an f-string without escape', step: 'test-get', app: greet("f'<h1> Your name is {name}.</h1>'") },
  {
    name: 'a template',
    step: 'test-get',
    app: greet('page.substitute(who=escape(name))', "from string import Template; page = Template('<h1> Your name is $who.</h1>\\n')"),
  },
  {
    name: 'escapes of its own',
    step: 'test-get',
    app: greet("'<h1> Your name is ' + name.replace('&', '&amp;').replace(\"'\", '&#39;') + '.</h1>'"),
  },
  {
    name: 'the name decoded, and taken from uri_params',
    step: 'test-get',
    app: greet(
      "f'<h1> Your name is {escape(who)}.</h1>'",
      "from urllib.parse import unquote; who = unquote(app.current_request.uri_params['name'])",
    ),
  },
  { name: 'a blueprint in a module of its own', step: 'add-routes', app: withBlueprint, files: blueprintFiles },
  { name: 'a blueprint in a module of its own', step: 'test-get', app: withBlueprint, files: blueprintFiles },
  { name: 'a blueprint in a module of its own', step: 'test-post', app: withBlueprint, files: blueprintFiles },
  {
    name: 'other names, double quotes, a tuple of methods, more routes',
    step: 'add-routes',
    app: `import logging\nfrom chalice import Chalice\n\napp = Chalice(app_name="myapp")\n\n@app.route("/users/{who}", methods=("GET", "HEAD"))\ndef hello(who):\n    return who\n\n@app.route("/users", methods=("POST", "PUT"))\ndef new():\n    return {}\n\n@app.route("/health")\ndef health():\n    return "ok"\n`,
  },
  {
    name: 'a helper module, header names in capitals, and a log of one line of JSON',
    step: 'test-get',
    app: `import json, logging\nimport greeting\nfrom chalice import Chalice, Response\n\napp = Chalice(app_name="myapp")\napp.log.setLevel("DEBUG")\n\n@app.route("/")\ndef home(): return dict(hello="world")\n\n@app.route("/users/{who}")\ndef hello(who):\n    app.log.debug(json.dumps(app.current_request.to_dict(), default=str))\n    return Response(greeting.greet(who), {"CONTENT-TYPE": "Text/HTML; charset=UTF-8"})\n`,
    files: { 'greeting.py': 'from html import escape\n\ndef greet(who): return "<h1> Your name is " + escape(who) + ".</h1>"\n' },
  },
  { name: 'the dict itself', step: 'test-post', app: echo('body') },
  {
    name: 'JSON made by hand',
    step: 'test-post',
    app: echo("Response(json.dumps(json.loads(app.current_request.raw_body), indent=2), {'content-type': 'application/json'})"),
  },
  {
    name: 'a copy, with its keys sorted',
    step: 'test-post',
    app: echo("Response({key: body[key] for key in sorted(body)}, {'CONTENT-type': 'application/json'})"),
  },
  { name: 'prints at import, without a line end', step: 'add-routes', app: `print('loaded', end='')\n${write()}print('ready', end='')\n` },
  { name: 'a child process that prints', step: 'add-routes', app: `import os\nos.system('echo from a child')\n${write()}` },
  {
    name: 'CORS for both, another log level by name',
    step: 'add-routes',
    app: write({ level: "app.log.setLevel('DEBUG')" }).replaceAll("'])", "'], cors=True)"),
  },
  {
    name: 'a blueprint below a prefix',
    step: 'add-routes',
    app: withBlueprint.replace('register_blueprint(users)', "register_blueprint(users, url_prefix='/users')"),
    files: { 'chalicelib/users.py': BLUEPRINT.replace("'/users/{name}'", "'/{name}'").replace("'/users'", "'/'") },
  },
  {
    name: 'a decorator of its own, with a function inside',
    step: 'add-routes',
    app: write({
      log: `import functools

def logged(view):
    @functools.wraps(view)
    def wrapper(*args, **kwargs):
        app.log.debug(app.current_request.to_dict())
        return view(*args, **kwargs)
    return wrapper

@logged
def log_request():
    app.log.debug(app.current_request.method)
`,
    }),
  },
  {
    name: 'packages in requirements.txt, one by another name, one needed by another',
    step: 'add-routes',
    app: `import json, yaml, requests, urllib3\nfrom chalice.app import Chalice\nimport botocore.session\n${write()}`,
    files: { 'requirements.txt': '# for the app\nRequests>=2 ; python_version > "3"\npyyaml\n' },
  },
  {
    name: 'a package that it can do without',
    step: 'add-routes',
    app: `try:\n    import requests\nexcept ImportError:\n    requests = None\n${write()}`,
  },
  { name: 'a package in vendor/', step: 'add-routes', app: `import small\n${write()}`, files: { 'vendor/small.py': 'A = 1\n' } },
  {
    name: 'letters of all kinds in texts and comments',
    step: 'add-routes',
    app: `# “größer” – 안녕하세요\u00A0…\nNOTE = '‘’ — \u200B'\n${write()}`,
  },
  { name: 'tabs, and line ends of Windows', step: 'add-routes', app: write().replaceAll('    ', '\t').replaceAll('\n', '\r\n') },
  {
    name: 'a log of JSON over several lines',
    step: 'test-get',
    app: write({ log: '\ndef log_request():\n    app.log.debug(json.dumps(app.current_request.to_dict(), indent=2))\n' }),
  },
  {
    name: 'a log of JSON over several lines',
    step: 'test-post',
    app: write({ log: '\ndef log_request():\n    app.log.debug(json.dumps(app.current_request.to_dict(), indent=2))\n' }),
  },
  {
    name: "Chalice's own middleware as the log",
    step: 'test-post',
    app: write({
      log: "\n@app.middleware('http')\ndef log_all(event, get_response):\n    app.log.debug(event.to_dict())\n    return get_response(event)\n\ndef log_request():\n    pass\n",
    }),
  },
  {
    name: 'the raw body as text',
    step: 'test-post',
    app: echo("Response(app.current_request.raw_body.decode(), {'Content-Type': 'application/json'})"),
  },
];
