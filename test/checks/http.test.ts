import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CheckContext, Outcome } from '../../src/checks/check.ts';
import { findMessage } from '../../src/checks/http/http-advice.ts';
import { http } from '../../src/checks/http.ts';
import { describeContract } from './contract.ts';
import { closedPort, makeContext, makeFolder, SECRET, sentences } from './context.ts';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const answer =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

test('a long page with a broken head is looked through in no time', () => {
  expect(findMessage('<title'.repeat(100_000))).toBeUndefined();
});

const json = (value: unknown) => answer(200, JSON.stringify(value), { 'Content-Type': 'application/json' });

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}

/** Answers with what it was asked. */
const echo: RequestListener = (request, response) => {
  void readAll(request).then((body) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
  });
};

async function run(input: object | string, changes: Partial<CheckContext> = {}): Promise<Outcome> {
  return http.run(http.schema.parse(input), makeContext(await makeFolder(), changes));
}

describeContract(http, {
  passing: async () => ({
    input: { url: await serve(json({ hello: 'world' })), json: { hello: 'world' } },
    context: makeContext(await makeFolder()),
  }),
  failing: async () => ({ input: { url: await serve(answer(500, 'boom')) }, context: makeContext(await makeFolder()) }),
});

describe('http asks', () => {
  test('with GET, or with POST where something is sent', async () => {
    const url = await serve(echo);
    expect(
      (await run({ url: `${url}/a?b=1`, json: { method: 'GET', url: '/a?b=1', headers: { accept: '*/*', 'user-agent': 'labwalk' } } }))
        .passed,
    ).toBe(true);
    expect(
      (
        await run({
          url,
          send: { json: { name: 'Ada', list: [1] } },
          json: { method: 'POST', body: '{"name":"Ada","list":[1]}', headers: { 'content-type': 'application/json' } },
        })
      ).passed,
    ).toBe(true);
    expect(
      (
        await run({
          url,
          method: 'put',
          send: { text: 'Grüße' },
          json: { method: 'PUT', body: 'Grüße', headers: { 'content-length': '7' } },
        })
      ).passed,
    ).toBe(true);
    expect((await run({ url, send: { form: { a: '1 2', b: 'x&y' } }, json: { body: 'a=1+2&b=x%26y' } })).passed).toBe(true);
    expect(
      (
        await run({
          url,
          headers: { 'content-type': 'application/vnd.lab+json' },
          send: { json: {} },
          json: { headers: { 'content-type': 'application/vnd.lab+json' } },
        })
      ).passed,
    ).toBe(true);
  });

  test('where the route leads, with the Host header of the real address', async () => {
    const url = new URL(await serve(echo));
    const outcome = await run(
      {
        url: 'http://abc123.execute-api.eu-west-1.amazonaws.com/api/users/Ada',
        json: { url: '/api/users/Ada', headers: { host: 'abc123.execute-api.eu-west-1.amazonaws.com' } },
      },
      { route: ({ host }) => ({ protocol: 'http:', host: '127.0.0.1', port: Number(url.port), hostHeader: host }) },
    );
    expect(outcome).toMatchObject({
      passed: true,
      exchange: { request: { url: 'http://abc123.execute-api.eu-west-1.amazonaws.com/api/users/Ada' } },
    });
  });

  test('once, and follows redirects only when told to', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(302, { Location: '/new' }).end();
      else if (request.url === '/round') response.writeHead(302, { Location: '/round' }).end();
      else echo(request, response);
    });
    expect(sentences(await run(`${url}/old`))).toEqual({
      expected: 'status 200',
      actual: 'status 302 Found, a redirect to /new',
      try: 'Use the address that the redirect leads to; a / at the end may make the difference.',
    });
    expect((await run({ url: `${url}/old`, status: 302, 'response-headers': { location: '/new' } })).passed).toBe(true);
    expect(
      (await run({ url: `${url}/old`, follow: true, send: { json: {} }, json: { method: 'GET', url: '/new', body: '' } })).passed,
    ).toBe(true);
    expect(sentences(await run({ url: `${url}/round`, follow: true })).actual).toBe('status 302 Found, a redirect to /round');
  });

  test('does not show keys of one host to another after a redirect', async () => {
    const second = await serve(echo);
    const first = await serve((_, response) => response.writeHead(307, { Location: `${second}/x` }).end());
    const outcome = await run({
      url: first,
      headers: { Authorization: `Bearer ${SECRET}`, 'X-Own': '1' },
      follow: true,
      json: { url: '/x' },
    });
    expect(outcome).toMatchObject({ passed: true });
    expect(outcome.exchange?.response?.body).toContain('x-own');
    expect(outcome.exchange?.response?.body).not.toContain('authorization');
  });
});

describe('http records', () => {
  test('the whole exchange, headers in order, keys hidden', async () => {
    const url = await serve((request, response) => {
      response.setHeader('X-Second', '2');
      response.setHeader('X-First', ['1', '1b']);
      response.end(String(request.headers.authorization === `Bearer ${SECRET}`));
    });
    const { exchange } = await run({
      url: `${url}/a`,
      headers: { Authorization: `Bearer ${SECRET}`, 'X-Api-Key': SECRET },
      send: { text: 'hi' },
      body: 'true',
    });
    expect(exchange?.request.headers).toEqual([
      ['Host', new URL(url).host],
      ['User-Agent', 'labwalk'],
      ['Accept', '*/*'],
      ['Accept-Encoding', 'identity'],
      ['Connection', 'close'],
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Content-Length', '2'],
      ['Authorization', 'Bearer [secret]'],
      ['X-Api-Key', '[secret]'],
    ]);
    expect(exchange?.request).toMatchObject({ method: 'POST', url: `${url}/a`, body: 'hi' });
    expect(exchange?.response).toMatchObject({ status: 200, reason: 'OK', version: 'HTTP/1.1', body: 'true', truncated: false });
    expect(exchange?.response?.headers.slice(0, 3)).toEqual([
      ['X-Second', '2'],
      ['X-First', '1'],
      ['X-First', '1b'],
    ]);
  });

  test('the beginning of a long body, and judges the whole', async () => {
    const url = await serve(answer(200, `${'x'.repeat(200_000)}end`));
    const outcome = await run({ url, contains: 'end' });
    expect(outcome.passed).toBe(true);
    expect(outcome.exchange?.response?.body.length).toBe(64 * 1024);
    expect(outcome.exchange?.response?.truncated).toBe(true);
  });

  test('no more than a few megabytes of an endless body', async () => {
    const url = await serve((_, response) => {
      const piece = 'x'.repeat(65_536);
      const write = () => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', write);
      write();
    });
    const outcome = await run({ url, contains: 'y' });
    expect(outcome).toMatchObject({ passed: false, exchange: { response: { truncated: true } } });
  });

  test('that a body is no text', async () => {
    const url = await serve((_, response) => response.end(Buffer.from([0, 1, 2, 255])));
    expect((await run(url)).exchange?.response?.body).toBe('(4 bytes that are not text)');
  });

  test('a body in the encoding that its type names', async () => {
    const url = await serve((_, response) =>
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=latin1' }).end(Buffer.from('Grüße', 'latin1')),
    );
    expect((await run({ url, body: 'Grüße' })).passed).toBe(true);
  });

  test('an answer without a body', async () => {
    expect((await run({ url: await serve(answer(204, '')), status: 204, body: '' })).passed).toBe(true);
    expect((await run({ url: await serve(echo), method: 'HEAD' })).passed).toBe(true);
  });
});

describe('http tells a beginner', () => {
  const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

  test.each<[string, RequestListener, object, string, string, string]>([
    [
      'a letter that differs',
      answer(200, '<h1> Your nane is Ada.</h1>\n', HTML),
      { type: 'text/html', body: '<h1> Your name is Ada.</h1>' },
      'body "<h1> Your name is Ada.</h1>"',
      'body "<h1> Your nane is Ada.</h1>"',
      'Compare your code with the step. Is it saved, and is the newest version running?',
    ],
    [
      'a wrong value in JSON',
      json({ name: 'Bob' }),
      { json: { name: 'Ada' } },
      '$.name is "Ada" in the JSON body',
      '$.name: expected "Ada", got "Bob"',
      'Compare your code with the step. Is it saved, and is the newest version running?',
    ],
    [
      'a missing value in JSON',
      json({}),
      { json: { name: 'Ada' } },
      '$.name is "Ada" in the JSON body',
      '$.name: expected "Ada", got nothing',
      'Compare your code with the step. Is it saved, and is the newest version running?',
    ],
    [
      'no JSON',
      answer(200, 'hello'),
      { json: {} },
      'a JSON body',
      'a body that is not JSON: "hello"',
      'Return an object (a dict in Python) rather than a text, so that JSON is made of it.',
    ],
    [
      'another type',
      answer(200, '{}', { 'Content-Type': 'application/json' }),
      { type: 'text/html' },
      'Content-Type text/html',
      'Content-Type application/json',
      'Set the header Content-Type of the response to text/html in your code.',
    ],
    [
      'a missing header',
      answer(200, ''),
      { 'response-headers': { 'Cache-Control': 'no-store' } },
      'header Cache-Control with "no-store"',
      'no header Cache-Control',
      'Set the Cache-Control header of the response in your code.',
    ],
    [
      'what is missing in the body',
      answer(200, 'a b'),
      { contains: 'c' },
      '"c" in the body',
      'the body is "a b"',
      'Compare your code with the step. Is it saved, and is the newest version running?',
    ],
    [
      'an unknown route of Chalice or API Gateway',
      answer(403, '{"message":"Missing Authentication Token"}'),
      {},
      'status 200',
      'status 403 Forbidden: "Missing Authentication Token"',
      'This has nothing to do with keys: there is no route for GET /here. Check the path and the method, and that the newest code is running.',
    ],
    [
      'a wrong method',
      answer(405, '{"Code":"MethodNotAllowedError","Message":"Unsupported method: PUT"}'),
      { method: 'PUT' },
      'status 200',
      'status 405 Method Not Allowed: "Unsupported method: PUT"',
      'The path is right, but it takes no PUT. Add PUT to the methods of its route.',
    ],
    [
      'a wrong type of body',
      answer(415, '{"Code":"UnsupportedMediaType","Message":"Unsupported media type: text/plain"}'),
      { send: { text: 'x' } },
      'status 200',
      'status 415 Unsupported Media Type: "Unsupported media type: text/plain"',
      'The route does not take this Content-Type. Send JSON as application/json, or add the type to those the route takes.',
    ],
    [
      'an error of their code',
      answer(500, 'Traceback (most recent call last):\n  File "app.py", line 3\nNameError: name \'nme\' is not defined\n'),
      {},
      'status 200',
      'status 500 Internal Server Error: "NameError: name \'nme\' is not defined"',
      'Your code raised an error. The last lines of the log say which one, and in which line.',
    ],
    [
      'an error of their code, as Flask shows it',
      answer(
        500,
        '<title>KeyError // Werkzeug Debugger</title>\n<!--\n\nTraceback (most recent call last):\n  File "app.py", line 3\nKeyError: \'x\'\n\n\n-->\n',
      ),
      {},
      'status 200',
      'status 500 Internal Server Error: "KeyError: \'x\'"',
      'Your code raised an error. The last lines of the log say which one, and in which line.',
    ],
    [
      'bad JSON',
      answer(400, '{"Code":"BadRequestError","Message":"Error Parsing JSON"}'),
      {},
      'status 200',
      'status 400 Bad Request: "Error Parsing JSON"',
      'The server did not understand what was sent. Is the body well-formed JSON, and does its Content-Type fit?',
    ],
    [
      'an unknown path',
      answer(404, '<html><title>404 Not Found</title></html>'),
      {},
      'status 200',
      'status 404 Not Found: "404 Not Found"',
      'The server answers, but has nothing at /here. Compare the path of the route letter by letter, and check that the newest code is running.',
    ],
    [
      'an object with more than was sent',
      answer(200, '{"name": "Ada", "id": 7}'),
      { send: { json: { name: 'Ada' } }, json: { name: 'Ada' }, exact: true },
      'no more in the JSON body than the step names',
      '$.id is there as well: 7',
      'Something was added that does not belong there. Return only what the step asks for.',
    ],
    [
      'a function that is too slow',
      answer(504, '{"message": "Endpoint request timed out"}'),
      {},
      'status 200',
      'status 504 Gateway Timeout: "Endpoint request timed out"',
      'The function behind this address took too long: API Gateway waits 29 seconds, a function mostly less. Its log shows how far it came.',
    ],
    [
      'a server that is not ready',
      answer(503, ''),
      {},
      'status 200',
      'status 503 Service Unavailable',
      'The server is up, but not ready. Wait a few seconds, then try again.',
    ],
    [
      'what should be refused',
      answer(200, 'ok'),
      { status: 401 },
      'status 401',
      'status 200 OK: "ok"',
      'GET /here should be refused, and it was not. Compare your code with the step.',
    ],
    [
      'a broken function',
      answer(502, '{"message": "Internal server error"}'),
      {},
      'status 200',
      'status 502 Bad Gateway: "Internal server error"',
      'The function behind this address crashed, or its answer could not be passed on: a body must be text, not bytes or an object. Its log says more.',
    ],
  ])('%s', async (_, listener, requirements, expected, actual, advice) => {
    const outcome = await run({ url: `${await serve(listener)}/here`, ...requirements });
    expect(sentences(outcome)).toEqual({ expected, actual, try: advice });
    expect(outcome.exchange?.response).toBeDefined();
  });

  test('the line of the error behind a 500, from the log of this request', async () => {
    const raised = (line: number) =>
      `Traceback (most recent call last):\n  File "WORKSPACE/app.py", line ${line}, in f\n    x\nKeyError: ${line}\n`;
    const folder = await makeFolder();
    let log = raised(3).replace('WORKSPACE', folder);
    const url = await serve((_, response) => {
      response.writeHead(500).end('oops');
      // as through a terminal: a little later than the answer
      setImmediate(() => (log += raised(9).replace('WORKSPACE', folder)));
    });
    const outcome = await http.run(http.schema.parse(url), makeContext(folder, { logs: () => [log] }));
    expect(sentences(outcome).try).toBe('At line 9 of app.py, your code raised KeyError: 9');
    expect(outcome).toHaveProperty('sure', true);
  });

  test('a function that returns nothing', async () => {
    const page = await serve(answer(200, 'null', { 'Content-Type': 'application/json' }));
    const NOTHING = 'The answer is null, so the function returns nothing. Write return in front of what it should answer with.';
    expect(sentences(await run({ url: page, type: 'text/html', body: 'Hello' })).try).toBe(NOTHING);
    expect(sentences(await run({ url: page, json: { a: 1 } })).try).toBe(NOTHING);
  });

  test('that nothing answers', async () => {
    const port = await closedPort();
    const outcome = await run(`http://localhost:${port}/`);
    expect(sentences(outcome)).toEqual({
      expected: `status 200 from GET http://localhost:${port}/`,
      actual: `nothing answers on port ${port} of localhost`,
      try: 'Is the service running? Start it as the step says, and look at its log for an error.',
    });
    expect(outcome.exchange).toMatchObject({ error: `nothing answers on port ${port} of localhost` });
  });

  test('that the answer takes too long', async () => {
    const url = await serve(() => undefined);
    expect(sentences(await run({ url, timeout: '100ms' }))).toMatchObject({
      actual: 'no answer within 0.1 s',
      try: 'The service may hang: look at its log, stop it with Ctrl-C and start it again.',
    });
  });

  test('that the connection broke, in the middle of a body, too', async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(sentences(await run(url)).actual).toBe('the connection was closed before an answer came');
    const half = await serve((_, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('half', () => response.destroy());
    });
    expect(sentences(await run(half)).actual).toBe('the connection was closed before an answer came');
  });

  test('that something else uses the port', async () => {
    const server = createSocketServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    expect(sentences(await run(`http://127.0.0.1:${port}/`)).actual).toBe(`what answers on port ${port} does not speak HTTP`);
  });

  test('that a port does not speak https', async () => {
    const url = (await serve(answer(200, ''))).replace('http:', 'https:');
    expect(sentences(await run(url))).toMatchObject({
      actual: `port ${new URL(url).port} does not speak https`,
      try: 'Try the address with http:// in front.',
    });
  });

  test('that an address or a status is not filled in yet', async () => {
    expect(sentences(await run('{{API_URL}}users/Ada'))).toEqual({
      expected: 'status 200 from GET {{API_URL}}users/Ada',
      actual: '"{{API_URL}}users/Ada" is not a web address',
      try: 'An earlier step fills in this address. Do that step first.',
    });
    expect(sentences(await run({ url: 'http://localhost/', status: '{{STATUS}}' })).actual).toBe('"{{STATUS}}" is not a status');
  });

  test('that a header cannot be sent', async () => {
    const outcome = await run({ url: await serve(echo), headers: { 'X-A': 'line\nline' } });
    expect(sentences(outcome).actual).toMatch(/^the request failed: Invalid character in header content/);
  });
});

describe('http is written', () => {
  test('as in the documentation', () => {
    const parse = (input: unknown) => http.schema.safeParse(input).success;
    expect(parse({ url: 'http://localhost:{{PORT}}/users/{{WHO}}', type: 'text/html', body: '<h1> Your name is {{WHO}}.</h1>' })).toBe(
      true,
    );
    expect(parse('{{API_URL}}users/{{WHO}}')).toBe(true);
    for (const wrong of [
      'localhost:8080',
      'ftp://x/',
      'http://ada:secret@localhost/',
      { url: 'http://x/', status: 99 },
      { url: 'http://x/', send: {} },
      { url: 'http://x/', method: 'FETCH' },
    ]) {
      expect(parse(wrong), JSON.stringify(wrong)).toBe(false);
    }
  });

  test.each([
    ['http://localhost/', 'GET http://localhost/ answers 200'],
    [{ url: 'http://localhost/', json: { a: 1 } }, 'GET http://localhost/ answers 200 with a body that has the right JSON'],
    [
      { url: 'http://localhost/', send: { json: {} }, status: 201, type: 'text/html', body: 'Hello\n' },
      'POST http://localhost/ answers 201 with text/html and "Hello"',
    ],
  ])('%j and summed up', (input, summary) => {
    expect(http.summary(http.schema.parse(input))).toBe(summary);
  });
});
