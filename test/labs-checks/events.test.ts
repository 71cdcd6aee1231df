/** Which routes a serverless.yml has: judged by the framework's understanding, not by its text. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';

interface Route {
  method: string;
  path: string;
  name: string;
  api: string;
}
interface Finding {
  expected: string;
  actual: string;
  at: (string | number)[];
  advice: string;
}
const here = path.resolve('labs/serverless/checks');
const { readRoutes, judgeRoutes, parameterNames } = (await import(path.join(here, 'events.mjs'))) as {
  readRoutes(functions: unknown): { routes: Route[]; finding?: Finding };
  judgeRoutes(routes: Route[], wanted: object[]): Finding | undefined;
  parameterNames(path: string): string[];
};
const { wantedRoutes } = (await import(path.join(here, 'wanted.mjs'))) as { wantedRoutes(words: string[]): object[] };
const { readWithLines } = (await import(path.resolve('labs/common/checks/yaml-lines.mjs'))) as {
  readWithLines(text: string): {
    value: { functions?: unknown } | undefined;
    lineOf(keys: (string | number)[]): number;
    mistake?: { line: number; message: string };
  };
};

const INDEX = '  index: { handler: handler.index, events: [{ http: GET / }] }';

/** A serverless.yml with the two functions of the users. */
const write = (show: string, add: string, before = '') => `${before}functions:
${INDEX}
  show_user:
    handler: handler.show_user
    events:
${show}
  add_user:
    handler: handler.add_user
    events:
${add}
`;
const GET = '      - http: GET /users/{name}';
const POST = '      - http: POST /users';

function judge(text: string): (Finding & { line: number }) | undefined {
  const { value, lineOf, mistake } = readWithLines(text);
  if (mistake) throw new Error(mistake.message);
  const { routes, finding } = readRoutes(value?.functions);
  const found = finding ?? judgeRoutes(routes, wantedRoutes(['users']));
  return found && { ...found, line: lineOf(found.at) };
}

describe('right', () => {
  const right: [string, string][] = [
    ['the short form', write(GET, POST)],
    [
      'the long form',
      write(
        '      - http:\n          path: /users/{name}\n          method: GET',
        '      - http:\n          path: /users\n          method: POST',
      ),
    ],
    [
      'no slash in front',
      write('      - http:\n          path: users/{name}\n          method: get', '      - http: { path: users, method: post }'),
    ],
    ['a slash at the end', write('      - http: GET /users/{name}/', '      - http: POST /users/')],
    ['methods in small letters', write('      - http: get /users/{name}', '      - http: post /users')],
    ['quotes', write('      - http: "GET /users/{name}"', "      - http: 'POST /users'")],
    ['another name', write('      - http: GET /users/{user_name}', POST)],
    ['CORS', write('      - http:\n          path: users/{name}\n          method: get\n          cors: true', POST)],
    ['a method more', write(`${GET}\n      - http: DELETE /users/{name}`, POST)],
    ['an event of another kind', write(GET, `${POST}\n      - schedule: rate(1 hour)`)],
    ['one function for both', write(`${GET}\n${POST}`, '      - schedule: rate(1 hour)')],
    ['an anchor and its alias', write('      - &get\n        http: GET /users/{name}\n      - *get', POST)],
    ['a merge key', write('      - http: { <<: *shared, path: "users/{name}" }', POST, 'x: &shared { method: get, cors: true }\n')],
    [
      'two merge keys',
      write(
        '      - http:\n          <<: *shared\n          <<: *place',
        POST,
        'x: &shared { method: get }\ny: &place { path: "users/{name}" }\n',
      ),
    ],
    [
      'a list of functions',
      `functions:\n  - ${INDEX.trim()}\n  - show_user: { events: [{ http: GET /users/{name} }] }\n    add_user: { events: [{ http: POST /users }] }\n`.replace(
        '{ http: GET /users/{name} }',
        '{ http: "GET /users/{name}" }',
      ),
    ],
    ['any method for the first page', write(GET, POST).replace('http: GET /', 'http: ANY /')],
    ['httpApi for all', write(GET, POST).replaceAll('http:', 'httpApi:')],
    [
      'httpApi in the long form',
      write(
        '      - httpApi:\n          path: /users/{name}\n          method: get',
        '      - httpApi: { path: /users, method: POST }',
      ).replace('http: GET /', 'httpApi: GET /'),
    ],
    ['Windows line ends', write(GET, POST).replaceAll('\n', '\r\n')],
  ];
  test.each(right)('%s', (_name, text) => expect(judge(text)).toBeUndefined());
});

describe('wrong', () => {
  const wrong: [name: string, text: string, actual: RegExp, advice: RegExp, line: string][] = [
    ['any method', write(GET, '      - http: ANY /users'), /any method/, /- http: POST \/users/, 'ANY'],
    ['a star for the method', write('      - http: { path: "users/{name}", method: "*" }', POST), /any method/, /- http: GET/, '*'],
    ['another method', write(GET, '      - http: PUT /users'), /\/users takes PUT/, /Write POST/, 'PUT'],
    ['a method that there is not', write('      - http: FETCH /users/{name}', POST), /FETCH/, /one of GET, POST/, 'FETCH'],
    ['a colon, as in Express', write('      - http: GET /users/:name', POST), /\/users\/:name/, /in braces/, ':name'],
    ['angle brackets, as in Flask', write('      - http: GET /users/<name>', POST), /<name>/, /in braces/, '<name>'],
    ['no dash', write(GET, '      http: POST /users'), /http/, /a dash in front/, 'events'],
    [
      'path and method not indented',
      write('      - http:\n        path: users/{name}\n        method: get', POST),
      /without either/,
      /deeper than http/,
      'http:',
    ],
    ['a path without its slash', write('      - http: GET users/{name}', POST), /GET users/, /begins with a slash/, 'GET users'],
    ['no path', write('      - http: GET', POST), /"GET"/, /First the method/, 'http: GET'],
    ['no method', write('      - http: { path: "users/{name}" }', POST), /path/, /one of GET, POST/, 'path'],
    ['the other way round', write('      - http: /users/{name} GET', POST), /users/, /First the method/, '/users/{name} GET'],
    ['the singular', write(GET, '      - http: POST /user'), /POST \/user$/, /Add the event/, 'functions'],
    ['no events', write(GET, '      []'), /the routes are/, /- http: POST \/users/, 'functions'],
    ['a function that is a text', `functions:\n  index: handler.index\n`, /handler\.index/, /handler and events/, 'index'],
    ['no functions', 'functions:\n', /no route at all/, /- http: GET \//, 'functions'],
    ['two APIs', write('      - httpApi: GET /users/{name}', POST), /two of them/, /make two APIs/, 'httpApi'],
    [
      'an alias of something wrong',
      write('      - *it', POST, 'x: &it { http: GET /people }\n'),
      /GET \/people/,
      /Add the event/,
      'functions',
    ],
  ];
  test.each(wrong)('%s', (_name, text, actual, advice, line) => {
    const found = judge(text);
    expect(found?.actual).toMatch(actual);
    expect(found?.advice).toMatch(advice);
    expect(text.split('\n')[found!.line - 1]).toContain(line);
  });
});

test('the first step wants the greeting only', () => {
  expect(judgeRoutes(readRoutes({ index: { events: [{ http: 'GET /' }] } }).routes, wantedRoutes([]))).toBeUndefined();
  expect(judgeRoutes([], wantedRoutes([]))?.actual).toBe('no route at all');
});

test('parameters by their names', () => {
  expect(parameterNames('/users/{name}/{rest+}')).toEqual(['name', 'rest']);
  expect(parameterNames('/users')).toEqual([]);
});

describe('lines', () => {
  test('of what is there, and of what is around something that is not', () => {
    const { lineOf } = readWithLines('a: 1\nb:\n  c:\n    - x\n    - y: 2\n');
    expect([lineOf(['a']), lineOf(['b', 'c', 0]), lineOf(['b', 'c', 1, 'y']), lineOf(['b', 'nothing']), lineOf(['nowhere'])]).toEqual([
      1, 4, 5, 2, 1,
    ]);
  });

  test.each([
    ['a tab', 'a:\n\tb: 1\n', 2],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', 3],
    ['an alias of nothing', 'a: 1\nb: *c\n', 2],
  ])('of a mistake: %s', (_name, text, line) => expect(readWithLines(text).mistake?.line).toBe(line));
});
