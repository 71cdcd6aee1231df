/** Ways to write the flagship's app.py, right and wrong: what `labwalk check chalice STEP` must say to each. */
import fs from 'node:fs';

export interface Variant {
  /** What is special about it. */
  name: string;
  step: 'add-routes' | 'test-get' | 'test-post';
  app: string;
  /** Further files of the project, by their path in it. */
  files?: Record<string, string>;
}

export interface WrongVariant extends Variant {
  /** The first check that fails, by its title. */
  fails: string;
  /** What came, where the sentence needs it to be understood. */
  actual?: string;
  /** What the learner is told to try. */
  says: string | RegExp;
}

const solution = fs.readFileSync(new URL('../../../solutions/chalice/add-routes/myapp/app.py', import.meta.url), 'utf8');

const GET = `
@app.route('/users/{name}', methods=['GET'])
def show_user(name):
    log_request()
    return Response(body='<h1> Your name is ' + escape(name) + '.</h1>', headers={'Content-Type': 'text/html'})
`;
const POST = `
@app.route('/users', methods=['POST'])
def add_user():
    log_request()
    return app.current_request.json_body
`;
const LOG = `
def log_request():
    app.log.debug(app.current_request.method)
    app.log.debug(app.current_request.to_dict())
`;

/** A whole app.py with some of its parts written in another way. */
function write({ get = GET, post = POST, log = LOG, level = 'app.log.setLevel(logging.DEBUG)', more = '' }): string {
  return `import json, logging
from html import escape
from chalice import Chalice, Response

app = Chalice(app_name='myapp')
${level}


@app.route('/')
def index():
    return {'hello': 'world'}

${[get, post, log, more].join('\n')}`;
}

/** The route that greets, with another way to make its page. */
const greet = (expression: string, before = '') =>
  write({
    get: `
@app.route('/users/{name}', methods=['GET'])
def show_user(name):
    log_request()
    ${before || 'pass'}
    return Response(body=${expression}, status_code=200, headers={'Content-Type': 'text/html; charset=utf-8'})
`,
  });

/** The route that takes a user, with another answer. */
const echo = (expression: string) =>
  write({
    post: `
@app.route('/users', methods=['POST'])
def add_user():
    log_request()
    body = app.current_request.json_body
    return ${expression}
`,
  });

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
];

const noGreeting = 'The greeting is exactly the one of the lab';
const noObject = 'The app sends back any object';

export const wrong: WrongVariant[] = [
  {
    name: 'a name in the code',
    step: 'test-get',
    app: greet("'<h1> Your name is David.</h1>'"),
    fails: noGreeting,
    says: 'The answer says "David" where the address says "Lina". Take the value from the path, as the function\'s parameter, instead of writing one into the code.',
  },
  {
    name: "the lab's name in the code",
    step: 'test-get',
    app: greet("'<h1> Your name is Lina.</h1>'"),
    fails: 'Another name gets another greeting',
    says: /^The greeting must have the name of the address, whatever it is/,
  },
  {
    name: 'no f in front of the quotes',
    step: 'test-get',
    app: greet("'<h1> Your name is {escape(name)}.</h1>'"),
    fails: noGreeting,
    says: /^"\{escape\(name\)\}" came as it is written in the code.*needs an f in front of its quotes\.$/,
  },
  {
    name: 'the name of the query',
    step: 'test-get',
    app: greet("f'<h1> Your name is {who}.</h1>'", "who = (app.current_request.query_params or {}).get('name')"),
    fails: noGreeting,
    says: /^The answer says None where the address says "Lina".*It is part of the path/,
  },
  {
    name: 'the name left out',
    step: 'test-get',
    app: greet("'<h1> Your name is .</h1>'"),
    fails: noGreeting,
    says: 'The answer leaves out "Lina", which the address has. Put that parameter into the text.',
  },
  {
    name: 'a letter of the text',
    step: 'test-get',
    app: greet("f'<h1> Your nane is {name}.</h1>'"),
    fails: noGreeting,
    actual: 'body "<h1> Your nane is Lina.</h1>"',
    says: /^Compare the text of the greeting/,
  },
  {
    name: 'another heading',
    step: 'test-get',
    app: greet("f'<h2> Your name is {name}.</h2>'"),
    fails: noGreeting,
    actual: 'body "<h2> Your name is Lina.</h2>"',
    says: /^Compare the text of the greeting/,
  },
  {
    name: 'a name in capitals',
    step: 'test-get',
    app: greet("f'<h1> Your name is {name.upper()}.</h1>'"),
    fails: noGreeting,
    actual: 'body "<h1> Your name is LINA.</h1>" (only capital letters differ)',
    says: /^Compare the text of the greeting/,
  },
  {
    name: 'escaped twice',
    step: 'test-get',
    app: greet("f'<h1> Your name is {escape(escape(name))}.</h1>'"),
    fails: 'Another name gets another greeting',
    says: /be escaped once at most/,
  },
  {
    name: 'a text without a Response',
    step: 'test-get',
    app: write({
      get: "\n@app.route('/users/{name}')\ndef show_user(name):\n    log_request()\n    return f'<h1> Your name is {name}.</h1>'\n",
    }),
    fails: noGreeting,
    actual: 'Content-Type application/json',
    says: 'Set the header Content-Type of the response to text/html in your code.',
  },
  {
    name: 'status 201',
    step: 'test-get',
    app: greet("f'<h1> Your name is {name}.</h1>'").replaceAll('status_code=200', 'status_code=201'),
    fails: noGreeting,
    says: 'The answer came, but with status 201. Let your code set the status to 200.',
  },
  {
    name: 'a level that logs no debug lines',
    step: 'test-get',
    app: write({ level: '' }),
    fails: 'The log shows the method and the name',
    says: /^The log level must be DEBUG/,
  },
  {
    name: 'no log at all',
    step: 'test-get',
    app: write({ log: '\ndef log_request():\n    pass\n' }),
    fails: 'The log shows the method and the name',
    says: /show_user must call log_request\(\)\.$/,
  },
  {
    name: 'print instead of the log',
    step: 'test-get',
    app: write({ log: '\ndef log_request():\n    print(app.current_request.method, app.current_request.to_dict())\n' }),
    fails: 'The log shows the method and the name',
    says: /^The log level must be DEBUG/,
  },
  {
    name: 'lines that are information, not debug',
    step: 'test-get',
    app: write({ log: LOG.replaceAll('debug', 'info') }),
    fails: 'The log shows the method and the name',
    says: /^The log level must be DEBUG/,
  },
  {
    name: 'another path',
    step: 'test-get',
    app: write({ get: GET.replace('/users/', '/user/') }),
    fails: noGreeting,
    says: /^This has nothing to do with keys: there is no route for GET \/users\/Lina\./,
  },
  {
    name: 'POST for GET',
    step: 'test-get',
    app: write({ get: GET.replace("'GET'", "'POST'") }),
    fails: noGreeting,
    says: 'The path is right, but it takes POST, not GET. Add GET to the methods of its route.',
  },
  {
    name: 'an error in the code',
    step: 'test-get',
    app: greet("f'<h1> Your name is {nme}.</h1>'"),
    fails: noGreeting,
    says: 'Your code raised an error. The last lines of the log say which one, and in which line.',
  },
  {
    name: 'a slip that Python cannot read',
    step: 'add-routes',
    app: solution.replace("methods=['GET'])", "methods=['GET']"),
    fails: 'myapp/app.py is Python without syntax errors',
    says: /^Look at line 15 of myapp\/app\.py and the one above it\. Often a bracket/,
  },
  {
    name: 'PUT for POST',
    step: 'add-routes',
    app: write({ post: POST.replace("'POST'", "'PUT'") }),
    fails: 'Chalice finds both routes in app.py',
    actual: '/users takes PUT',
    says: "Write POST in its methods: @app.route('/users', methods=['POST'])",
  },
  {
    name: 'a module that is not there',
    step: 'add-routes',
    app: `import nowhere\n${solution}`,
    fails: 'Chalice finds both routes in app.py',
    actual: "ModuleNotFoundError: No module named 'nowhere'",
    says: 'Look at line 1 of myapp/app.py.',
  },
  {
    name: 'only one of the routes',
    step: 'add-routes',
    app: write({ post: '' }),
    fails: 'Chalice finds both routes in app.py',
    actual: 'the routes are /, /users/{name}',
    says: "Add the route, and save the file: @app.route('/users', methods=['POST'])",
  },
  {
    name: 'PUT for POST',
    step: 'test-post',
    app: write({ post: POST.replace("'POST'", "'PUT'") }),
    fails: noObject,
    says: 'The path is right, but it takes PUT, not POST. Add POST to the methods of its route.',
  },
  {
    name: 'an object in the code',
    step: 'test-post',
    app: echo("{'name': 'David', 'age': 22, 'job': 'student'}"),
    fails: noObject,
    says: '"name" was sent as "Lina" and came back as "David". Return what was sent, instead of a value written into the code.',
  },
  {
    name: 'wrapped in another object',
    step: 'test-post',
    app: echo("{'user': body}"),
    fails: noObject,
    says: 'What is wanted is there, but inside "user". Return it by itself, without anything around it.',
  },
  {
    name: 'wrapped in a list',
    step: 'test-post',
    app: echo('[body]'),
    fails: noObject,
    says: 'What is wanted is there, but inside "a list". Return it by itself, without anything around it.',
  },
  {
    name: 'only the keys of the example',
    step: 'test-post',
    app: echo("{key: body.get(key) for key in ['name', 'age', 'job']}"),
    fails: noObject,
    says: 'The answer lacks languages. Return everything that was sent, whatever its keys are.',
  },
  {
    name: "only the keys of the lab's requests",
    step: 'test-post',
    app: echo("{key: body[key] for key in ['name', 'age', 'job', 'languages'] if key in body}"),
    fails: 'Whatever its keys are, and however deep it goes',
    says: 'Nothing of what was sent came back. Return everything that was sent, whatever its keys are.',
  },
  {
    name: 'made JSON twice',
    step: 'test-post',
    app: echo('json.dumps(json.dumps(body))'),
    fails: noObject,
    says: 'The answer is JSON inside a text: it was made JSON twice. Return the object itself, without json.dumps.',
  },
  {
    name: 'as Python prints it',
    step: 'test-post',
    app: echo('str(body)'),
    fails: noObject,
    says: 'This is how Python prints a dict, which is not JSON. Return the dict itself, or json.dumps of it.',
  },
  {
    name: 'HTML for JSON',
    step: 'test-post',
    app: echo("Response(json.dumps(body), headers={'Content-Type': 'text/html'})"),
    fails: noObject,
    actual: 'Content-Type text/html',
    says: 'Set the header Content-Type of the response to application/json in your code.',
  },
  {
    name: 'status 201',
    step: 'test-post',
    app: echo('Response(body, status_code=201)'),
    fails: noObject,
    says: 'The answer came, but with status 201. Let your code set the status to 200.',
  },
  {
    name: 'no debug log of its own, while the other route has one',
    step: 'test-post',
    app: write({ post: POST.replace('    log_request()\n', '') }),
    fails: 'The log shows the method',
    says: /add_user must call log_request\(\)\.$/,
  },
];
