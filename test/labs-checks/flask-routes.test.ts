/** What is said of a Flask app's routes, from what Flask's router has answered. */
import path from 'node:path';
import { expect, test } from 'vitest';

interface Rule {
  rule: string;
  methods: string[];
  file?: string;
  line?: number;
}
type Result = 'taken' | 'redirected' | 'refused' | 'unknown';
interface Wanted {
  method: string;
  path: string;
}
interface Verdict {
  expected: string;
  actual: string;
  try: string;
}
const { judgeFlask, probesFor, wantedRequests } = (await import(path.resolve('labs/zappa/checks/flask-routes.mjs'))) as {
  wantedRequests(words: string[]): Wanted[];
  probesFor(wanted: Wanted[]): [string, string][];
  judgeFlask(wanted: Wanted[], found: { rules: Rule[]; probes: object[] } | { name?: string }): Verdict | undefined;
};

const wanted = wantedRequests(['users']);
const rule = (path: string, ...methods: string[]): Rule => ({ rule: path, methods, file: 'users.py', line: 7 });
const index = rule('/', 'GET');
const show = rule('/users/<name>', 'GET');
const add = rule('/users', 'POST');

/** Flask's answers: everything that is wanted is taken and all else refused, but for what is said. */
function judge(rules: Rule[], other: Record<string, Result> = {}) {
  const good = new Set(['GET /', 'GET /users/Grace', 'POST /users']);
  const probes = probesFor(wanted).map(([method, path]) => {
    const name = `${method} ${path}`;
    return {
      method,
      path,
      result: other[name] ?? (good.has(name) ? 'taken' : 'refused'),
      rule: path === '/' ? 0 : path === '/users' ? 2 : 1,
    };
  });
  return judgeFlask(wanted, { rules, probes });
}

test('all three routes', () => {
  expect(judge([index, show, add])).toBeUndefined();
  expect(judge([index, rule('/users/<string:who>', 'GET'), add])).toBeUndefined();
});

test('the first step wants the greeting only', () => {
  expect(probesFor(wantedRequests([]))).toEqual([['GET', '/']]);
});

test('no app', () => {
  expect(judgeFlask(wanted, {})?.try).toMatch(/^Write app = Flask/);
  expect(judgeFlask(wanted, { name: 'api' })).toMatchObject({ actual: 'app.py calls it api' });
});

test.each([
  ['braces', rule('/users/{name}', 'GET'), 'unknown', /angle brackets: @app/],
  ['a colon', rule('/users/:name', 'GET'), 'unknown', /not with a colon/],
  ['a number', rule('/users/<int:name>', 'GET'), 'unknown', /<int:…> takes no names/],
  ['a slash at the end', rule('/users/<name>/', 'GET'), 'redirected', /slash at the end/],
  ['another method', rule('/users/<name>', 'PUT'), 'refused', /Write GET in its methods/],
] as const)('a greeting with %s', (_name, route, result, says) => {
  const verdict = judge([index, route, add], { 'GET /users/Grace': result });
  expect(verdict?.try).toMatch(says);
  expect(verdict?.try).toMatch(/^Look at the function in line 7 of myzappa\/users\.py\. /);
});

test.each([
  ['a slash at the end', rule('/users/', 'POST'), 'unknown', /slash at the end/],
  ['another method', rule('/users', 'GET'), 'refused', /Write POST in its methods/],
  ['another word', rule('/user', 'POST'), 'unknown', /Add the route/],
] as const)('the users with %s', (_name, route, result, says) => {
  expect(judge([index, show, route], { 'POST /users': result })?.try).toMatch(says);
});

test('a route that takes more', () => {
  expect(judge([index, rule('/users/<name>', 'GET', 'POST'), add], { 'POST /users/Grace': 'taken' })).toMatchObject({
    expected: '/users/<name> takes GET only',
    actual: '/users/<name> takes POST, too',
  });
  expect(judge([index, show, rule('/users', 'POST', 'PUT')], { 'PUT /users': 'taken' })?.expected).toBe('/users takes POST only');
});

test('nothing but files', () => {
  expect(judge([{ rule: '/static/<path:filename>', methods: ['GET'] }], { 'GET /': 'unknown' })?.actual).toBe('no route at all');
});
