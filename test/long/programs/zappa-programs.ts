/** Ways to write the Flask app, right and wrong. What is said of routes, test/labs-checks has in full. */
import { change, readSolution, type Program, type WrongProgram } from './program.ts';

const app = readSolution('zappa', 'add-routes', 'myzappa/app.py');

const code = (step: string, name: string, part: string, other: string): Program => ({
  name,
  step,
  files: { 'app.py': change(app, part, other) },
});
const whole = (step: string, name: string, text: string, more: Record<string, string> = {}): Program => ({
  name,
  step,
  files: { 'app.py': text, ...more },
});

const BLUEPRINT = {
  app: `import logging
from flask import Flask
from people import people

app = Flask(__name__)
app.logger.setLevel(logging.DEBUG)
app.register_blueprint(people, url_prefix='/users')


@app.get('/')
def index():
    return {'hello': 'world'}
`,
  people: `from flask import Blueprint, current_app, request
from markupsafe import escape

people = Blueprint('people', __name__)


@people.get('/<who>')
def show(who):
    current_app.logger.debug('GET for %s', who)
    return f'<h1> Your name is {escape(who)}.</h1>'


@people.post('')
def add():
    current_app.logger.debug('POST of %s', request.get_json())
    return request.get_json()
`,
};
const OWN_LOGGER = BLUEPRINT.people
  .replace('from flask', 'import logging\nfrom flask')
  .replace("people = Blueprint('people', __name__)\n", "people = Blueprint('people', __name__)\nlog = logging.getLogger(__name__)\n")
  .replaceAll('current_app.logger', 'log');
const FACTORY = `import logging
from flask import Flask, jsonify, request


def create_app():
    made = Flask(__name__)
    made.logger.setLevel('DEBUG')

    @made.route('/')
    def hello():
        return jsonify(hello='world')

    @made.route('/users/<string:name>')
    def show(name):
        made.logger.debug('%s %s', request.method, request.path)
        return '<h1> Your name is ' + name.replace('&', '&amp;') + '.</h1>'

    @made.post('/users')
    def add():
        made.logger.debug('%s %s', request.method, request.path)
        return made.response_class(request.get_data(), mimetype='application/json')

    return made


app = create_app()
`;
const VIEWS = `import logging
from html import escape
from flask import Flask, jsonify, request
from flask.views import MethodView

app = Flask(__name__)
app.logger.setLevel(logging.DEBUG)


@app.before_request
def tell():
    app.logger.debug('%s %s', request.method, request.path)


@app.route('/')
def index():
    return {'hello': 'world'}


class Person(MethodView):
    def get(self, name):
        return f'<h1> Your name is {escape(name)}.</h1>'


class People(MethodView):
    def post(self):
        return jsonify(request.json)


app.add_url_rule('/users/<name>', view_func=Person.as_view('person'))
app.add_url_rule('/users', view_func=People.as_view('people'))
`;

const inSteps = (name: string, text: string, more: Record<string, string> = {}, steps = ['add-routes', 'test-get', 'test-post']) =>
  steps.map((step) => whole(step, name, text, more));

export const right: Program[] = [
  ...inSteps('a blueprint in a module of its own', BLUEPRINT.app, { 'people.py': BLUEPRINT.people }),
  ...inSteps(
    'a blueprint with a logger of its own',
    BLUEPRINT.app.replace('app = Flask', 'logging.basicConfig(level=logging.DEBUG)\napp = Flask'),
    { 'people.py': OWN_LOGGER },
    ['test-get', 'test-post'],
  ),
  ...inSteps('a factory', FACTORY),
  ...inSteps('views of classes, and a log before each request', VIEWS),
  code('add-routes', 'the short decorators', "@app.route('/users/<name>', methods=['GET'])", "@app.get('/users/<name>')"),
  code('add-routes', 'started by hand', "@app.route('/')", "if __name__ == '__main__':\n    app.run(debug=True)\n\n\n@app.route('/')"),
  whole('add-routes', 'Windows line ends', app.replaceAll('\n', '\r\n')),
  code(
    'test-post',
    'JSON made by hand',
    'return jsonify(request.json)',
    "return Response(json.dumps(request.get_json()), mimetype='application/json')\n\n\nimport json",
  ),
];

const ROUTES = 'Flask finds both routes in app.py';
const GREETING = 'The greeting is exactly the one of the lab';
const OBJECT = 'The app sends back any object';
const LOGGED = 'The log shows the method and the name';

export const wrong: WrongProgram[] = [
  ...[
    {
      ...code('add-routes', 'braces', '<name>', '{name}'),
      says: /^Look at the function in line \d+ of myzappa\/app\.py\. Flask writes a parameter in angle brackets/,
    },
    { ...code('add-routes', 'numbers only', '<name>', '<int:name>'), says: /takes no names/ },
    { ...code('add-routes', 'both methods', "['GET']", "['GET', 'POST']"), actual: /takes POST, too/, says: /Name one method/ },
    { ...code('add-routes', 'a slash at the end', "'/users'", "'/users/'"), says: /slash at the end/ },
    {
      ...code('add-routes', 'methods forgotten', "'/users', methods=['POST']", "'/users'"),
      actual: /\/users takes GET/,
      says: /Write POST in its methods/,
    },
    {
      ...whole('add-routes', 'another name', app.replaceAll('app.', 'application.').replace('app =', 'application =')),
      actual: /calls it application/,
      says: /Call it app/,
    },
    {
      ...code('add-routes', 'a view twice', 'def add_user', 'def show_user'),
      actual: /^AssertionError/,
      says: /^Look at line \d+ of myzappa\/app\.py/,
    },
    {
      ...code('add-routes', 'escape from Flask', 'import Flask,', 'import escape, Flask,'),
      actual: /cannot import name 'escape'/,
      says: /^Look at line 4 of myzappa\/app\.py/,
    },
    {
      ...whole('add-routes', 'an error in the module of the blueprint', BLUEPRINT.app, {
        'people.py': BLUEPRINT.people.replace('people = Blueprint(', 'people = Blueprin('),
      }),
      actual: /^NameError/,
      says: /^Look at line 4 of myzappa\/people\.py/,
    },
    {
      ...whole('add-routes', 'a blueprint without its prefix', BLUEPRINT.app.replace(", url_prefix='/users'", ''), {
        'people.py': BLUEPRINT.people.replace("post('')", "post('/')"),
      }),
      says: /Add the route/,
    },
  ].map((one) => ({ ...one, fails: ROUTES })),
  {
    ...code(
      'test-get',
      'JSON for the page',
      "return f'<h1> Your name is {escape(name)}.</h1>'",
      "return jsonify(f'<h1> Your name is {escape(name)}.</h1>')",
    ),
    fails: GREETING,
    actual: /application\/json/,
    says: /text\/html/,
  },
  { ...code('test-get', 'print for the log', "app.logger.debug('%s %s %s', ", 'print('), fails: LOGGED, says: /log level must be DEBUG/ },
  { ...code('test-get', 'another level', 'app.logger.debug(', 'app.logger.info('), fails: LOGGED, says: /log level must be DEBUG/ },
  { ...code('test-post', 'the form', 'request.json', 'request.form'), fails: OBJECT, says: /Nothing of what was sent came back/ },
  {
    ...code('test-post', 'the bytes', 'return jsonify(request.json)', 'return request.data'),
    fails: OBJECT,
    actual: /text\/html/,
    says: /application\/json/,
  },
  {
    ...code('test-post', 'status 201', 'return jsonify(request.json)', 'return jsonify(request.json), 201'),
    fails: OBJECT,
    actual: /201/,
    says: /status to 200/,
  },
  {
    ...code('test-post', 'a key more', 'jsonify(request.json)', 'jsonify({**request.json, "id": 7})'),
    fails: OBJECT,
    actual: /\$\.id/,
    says: /./,
  },
  {
    ...code('test-post', 'request as with Chalice', 'request.json', 'app.current_request.json_body'),
    fails: OBJECT,
    actual: /AttributeError: 'Flask' object has no attribute 'current_request'/,
    says: /Your code raised an error/,
  },
];
