/** How the tables of variants write the flagship's app.py: whole, or with one part in another way. */
import fs from 'node:fs';

export interface Variant {
  /** What is special about it. */
  name: string;
  step: 'add-routes' | 'test-get' | 'test-post';
  app: string | Buffer;
  /** Further files of the project, by their path in it. */
  files?: Record<string, string>;
}

export interface WrongVariant extends Variant {
  /** The first check that fails, by its title. */
  fails: string;
  /** What came, where the sentence needs it to be understood. */
  actual?: string | RegExp;
  /** What the learner is told to try. */
  says: string | RegExp;
}

export const solution = fs.readFileSync(new URL('../../../solutions/chalice/add-routes/myapp/app.py', import.meta.url), 'utf8');

export const GET = `
@app.route('/users/{name}', methods=['GET'])
def show_user(name):
    log_request()
    return Response(body='<h1> Your name is ' + escape(name) + '.</h1>', headers={'Content-Type': 'text/html'})
`;
export const POST = `
@app.route('/users', methods=['POST'])
def add_user():
    log_request()
    return app.current_request.json_body
`;
export const LOG = `
def log_request():
    app.log.debug(app.current_request.method)
    app.log.debug(app.current_request.to_dict())
`;

/** A whole app.py with some of its parts written in another way. */
export function write({ get = GET, post = POST, log = LOG, level = 'app.log.setLevel(logging.DEBUG)', more = '' } = {}): string {
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
export const greet = (expression: string, before = '') =>
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
export const echo = (expression: string) =>
  write({
    post: `
@app.route('/users', methods=['POST'])
def add_user():
    log_request()
    body = app.current_request.json_body
    return ${expression}
`,
  });
