/** Ways to write serverless.yml and handler.py, right and wrong. How events may be written, test/labs-checks has in full. */
import { change, readSolution, type Program, type WrongProgram } from './program.ts';

const written = (file: string) => readSolution('serverless', 'add-routes', `myapp/${file}`);
const yml = written('serverless.yml');
const handler = written('handler.py');

const configure = (name: string, part: string, other: string): Program => ({
  name,
  step: 'add-routes',
  files: { 'serverless.yml': change(yml, part, other) },
});
const code = (name: string, part: string, other: string, step = 'add-routes'): Program => ({
  name,
  step,
  files: { 'handler.py': change(handler, part, other) },
});
const GET = '      - http: GET /users/{name}\n';
const POST = '      - http: POST /users\n';
const LONG = {
  get: '      - http:\n          path: users/{name}\n          method: get\n',
  post: '      - http:\n          path: /users\n          method: POST\n          cors: true\n',
};
const both = (text: string, get: string, post: string) => change(change(text, GET, get), POST, post);

/** One function of Python for all routes. */
const ONE = `import json


def main(event, context):
    if event['resource'] == '/':
        return reply({'hello': 'world'})
    print(event['httpMethod'], event['path'])
    if event['httpMethod'] == 'POST':
        return reply(json.loads(event['body']))
    return reply(f"<h1> Your name is {event['pathParameters']['name']}.</h1>", 'text/html')


def reply(body, kind='application/json'):
    return {'statusCode': 200, 'headers': {'content-type': kind}, 'body': body if kind == 'text/html' else json.dumps(body)}
`;
/** The same for an HTTP API, whose event is another one. */
const HTTP_API = handler
  .replace("event['httpMethod'], event['path']", "event['requestContext']['http']['method'], event['rawPath']")
  .replace("    return answer('application/json', json.dumps(user))", '    return user');

export const right: Program[] = [
  { name: 'the long form', step: 'add-routes', files: { 'serverless.yml': both(yml, LONG.get, LONG.post) } },
  {
    name: 'anchors, aliases and merge keys',
    step: 'add-routes',
    files: {
      'serverless.yml':
        `x-cors: &cors { cors: true }\nx-get: &get { method: GET }\n${both(yml, '      - http:\n          <<: *cors\n          <<: *get\n          path: /users/{name}\n', LONG.post)}`
          .replace('x-cors:', 'custom:\n  cors:')
          .replace('x-get:', '  get:'),
    },
  },
  {
    name: 'a variable',
    step: 'add-routes',
    files: { 'serverless.yml': `${change(yml, POST, '      - http: POST ${self:custom.users}\n')}custom: { users: /users }\n` },
  },
  {
    name: 'httpApi for all',
    step: 'add-routes',
    files: { 'serverless.yml': yml.replaceAll('- http:', '- httpApi:'), 'handler.py': HTTP_API },
  },
  {
    name: 'Windows line ends',
    step: 'add-routes',
    files: { 'serverless.yml': yml.replaceAll('\n', '\r\n'), 'handler.py': handler.replaceAll('\n', '\r\n') },
  },
  {
    name: 'one function behind all routes',
    step: 'add-routes',
    files: { 'serverless.yml': yml.replace(/handler: handler\.\w+/g, 'handler: handler.main'), 'handler.py': ONE },
  },
  {
    name: 'another name for the parameter',
    step: 'add-routes',
    files: {
      'serverless.yml': change(yml, '{name}', '{who}'),
      'handler.py': change(handler, "['pathParameters']['name']", "['pathParameters']['who']"),
    },
  },
  {
    name: 'a package that the patterns name',
    step: 'add-routes',
    files: {
      'serverless.yml': change(
        change(yml, 'handler.show_user', 'users/api.show_user'),
        '    - handler.py\n',
        "    - handler.py\n    - 'users/**'\n",
      ),
      'users/__init__.py': '',
      'users/api.py': 'from handler import answer, log, show_user\n',
    },
  },
  code(
    'the module logging',
    "    print(event['httpMethod'], event['path'])",
    "    import logging\n    logging.getLogger().setLevel(logging.INFO)\n    logging.getLogger().info('%s %s', event['httpMethod'], event['path'])",
  ),
  code('the body as it came', 'json.dumps(user))', "event['body'])"),
  code('the header in small letters', "'Content-Type': content_type", "'content-type': content_type", 'test-get'),
  { name: 'as the lab has it', step: 'test-post', files: { 'handler.py': handler } },
  { name: 'the long form, asked', step: 'other-methods', files: { 'serverless.yml': both(yml, LONG.get, LONG.post) } },
];

const ROUTES = 'The framework finds both routes in serverless.yml';
const ANSWERS = 'Each function answers as API Gateway wants it';

export const wrong: WrongProgram[] = [
  ...[
    {
      ...configure('any method', POST, '      - http: ANY /users\n'),
      actual: /any method/,
      says: /^Look at line 29 of myapp\/serverless\.yml\. Name the method/,
    },
    {
      ...configure('a colon', '{name}', ':name'),
      says: /^Look at line \d+ of myapp\/serverless\.yml\. API Gateway writes a parameter in braces/,
    },
    { ...configure('angle brackets', '{name}', '<name>'), says: /in braces/ },
    { ...configure('no dash', POST, '      http: POST /users\n'), says: /a dash in front/ },
    {
      ...configure('path and method not indented', GET, '      - http:\n        path: users/{name}\n        method: get\n'),
      says: /deeper than http/,
    },
    { ...configure('PUT for POST', 'POST /users', 'PUT /users'), says: /Write POST/ },
    {
      ...configure('the old routes only', yml.slice(yml.indexOf('  show_user:')), ''),
      actual: /the routes are GET \//,
      says: /Add the event/,
    },
    { ...configure('two APIs', GET, GET.replace('http:', 'httpApi:')), says: /make two APIs/ },
    {
      ...configure('another service', 'service: myapp', 'service: users'),
      says: /^Look at line 1 of myapp\/serverless\.yml\. .*service: myapp/,
    },
    { ...configure('no plug-in', '  - serverless-offline\n', '  []\n'), says: /serverless-offline/ },
  ].map((one) => ({ ...one, fails: ROUTES })),
  ...[
    { ...configure('a function twice', '  add_user:', '  show_user:'), says: /line 26/ },
    { ...configure('a tab', '  add_user:', '\tadd_user:'), says: /line 26/ },
    { ...configure('an alias of nothing', GET, '      - *get\n'), actual: /\*get stands for nothing/, says: /line 25/ },
  ].map((one) => ({ ...one, fails: 'myapp/serverless.yml is YAML without syntax errors' })),
  ...[
    {
      ...code('no statusCode', "        'statusCode': 200,\n", ''),
      actual: /without it, with headers, body/,
      says: /AWS asks for it/,
    },
    {
      ...code('a key of its own', "        'body': body,\n", "        'body': body,\n        'ok': True,\n"),
      actual: /an answer with ok/,
      says: /502/,
    },
    { ...code('status for statusCode', "'statusCode'", "'status'"), says: /called statusCode, not status.*502/ },
    { ...code('status 201', '200', '201'), actual: /status 201/, says: /'statusCode': 200/ },
    {
      ...code('the data itself', "return answer('application/json', json.dumps(user))", 'return user'),
      actual: /^add_user returns an answer without it/,
      says: /502/,
    },
    { ...code('a dictionary for a body', 'json.dumps(user)', 'user'), actual: /a body that is an object/, says: /json\.dumps/ },
    {
      ...code('no return', "return answer('text/html", "answer('text/html"),
      actual: /^show_user returns nothing/,
      says: /statusCode, headers and body/,
    },
    {
      ...code('another parameter in the code', "['pathParameters']['name']", "['pathParameters']['username']"),
      actual: /^KeyError: 'username'/,
      says: /^Look at line 11 of myapp\/handler\.py\. .*\['name'\]/,
    },
    {
      ...code('an error in a function', 'json.loads(', 'json.load('),
      actual: /^AttributeError/,
      says: /^Look at line 17 of myapp\/handler\.py\./,
    },
    {
      ...configure('a handler that is not there', 'handler.show_user', 'handler.showUser'),
      actual: /handler\.showUser is not there/,
      says: /^Look at line 23 of myapp\/serverless\.yml\. .*handler\.show_user/,
    },
    {
      ...configure('a file that is not there', 'handler.show_user', 'handlers.show_user'),
      actual: /handlers\.show_user is not there/,
      says: /the file without \.py/,
    },
    {
      name: 'a module that the patterns leave out',
      step: 'add-routes',
      files: { 'handler.py': change(handler, 'import json\n', 'import json\nimport helpers\n'), 'helpers.py': '' },
      actual: /on AWS it would be missing/,
      says: /Add to the patterns: - helpers\.py/,
    },
  ].map((one) => ({ ...one, fails: ANSWERS })),
  {
    ...code('the text of the body, made JSON', 'json.loads(event', '(event', 'test-post'),
    fails: 'The app sends back any object',
    says: /JSON twice/,
  },
  {
    ...code('a key more', 'json.loads(event', 'dict(id=7) | json.loads(event', 'test-post'),
    fails: 'The app sends back any object',
    actual: /\$\.id/,
    says: /./,
  },
  {
    ...code('another header', "'Content-Type': content_type", "'contentType': content_type", 'test-get'),
    fails: 'The greeting is exactly the one of the lab',
    actual: /Content-Type/,
    says: /Content-Type/,
  },
  {
    ...code('no log', '    log(event)\n    name', '    name', 'test-get'),
    fails: 'The log shows the method and the path',
    says: /must call log/,
  },
];
