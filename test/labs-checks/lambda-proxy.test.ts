/** What API Gateway makes a response of, told before the deploy: what runs on this machine takes more. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';

type Api = 'http' | 'httpApi';
interface Wrong {
  expected: string;
  actual: string;
  advice: string;
}
const { judgeAnswer, makeEvent } = (await import(path.resolve('labs/serverless/checks/lambda-proxy.mjs'))) as {
  judgeAnswer(api: Api, answer: unknown): Wrong | undefined;
  makeEvent(
    route: { api: Api; path: string },
    request: { method: string; path: string; value?: string; body?: string },
  ): Record<string, unknown>;
};

const good = { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: 'x' };

describe('a REST API', () => {
  test.each([
    ['all three', good],
    ['no headers', { statusCode: 200, body: 'x' }],
    ['no body', { statusCode: 200 }],
    ['null as the body', { statusCode: 200, body: null }],
    ['a number as a header', { ...good, headers: { 'X-Count': 3 } }],
    ['several values', { ...good, multiValueHeaders: { 'Set-Cookie': ['a', 'b'] } }],
    ['Base64', { ...good, isBase64Encoded: true }],
    ['the status as a text', { ...good, statusCode: '200' }],
  ])('takes %s', (_name, answer) => expect(judgeAnswer('http', answer)).toBeUndefined());

  test.each([
    ['no statusCode', { headers: {}, body: 'x' }, /without it, with headers, body/, /AWS asks for it/],
    ['status', { ...good, statusCode: undefined, status: 200 }, /without it/, /called statusCode, not status/],
    ['StatusCode', { StatusCode: 200, body: 'x' }, /without it/, /not StatusCode/],
    ['the data itself', { name: 'Ana' }, /with name/, /answers 502/],
    ['an empty dictionary', {}, /no keys at all/, /AWS asks for it/],
    ['a key of its own', { ...good, user: 'Ana' }, /an answer with user/, /any other key it answers 502/],
    ['nothing', null, /nothing/, /returns nothing/],
    ['a text', '<h1>', /"<h1>"/, /Return a dictionary/],
    ['a list', [1], /\[1\]/, /Return a dictionary/],
    ['a word as the status', { ...good, statusCode: 'OK' }, /"OK"/, /a number/],
    ['an object as the body', { ...good, body: { name: 'Ana' } }, /a body that is an object/, /json\.dumps/],
    ['a list as the body', { ...good, body: [1] }, /a list/, /json\.dumps/],
    ['a number as the body', { ...good, body: 7 }, /a number/, /json\.dumps/],
    ['a text as the headers', { ...good, headers: 'text/html' }, /headers that are/, /dictionary of texts/],
    ['a list as a header', { ...good, headers: { 'Content-Type': ['text/html'] } }, /headers that are/, /dictionary of texts/],
    ['a text for Base64', { ...good, isBase64Encoded: 'no' }, /isBase64Encoded/, /True or False/],
    ['another status', { ...good, statusCode: 201 }, /status 201/, /answers 200/],
  ])('does not take %s', (_name, answer, actual, advice) => {
    const wrong = judgeAnswer('http', answer);
    expect(wrong?.actual).toMatch(actual);
    expect(wrong?.advice).toMatch(advice);
  });
});

describe('an HTTP API makes an answer of what has no statusCode', () => {
  test.each([
    ['data', { name: 'Ana' }],
    ['a text', 'hello'],
    ['data with a body of its own', { body: 'head and shoulders' }],
  ])('%s', (_name, answer) => expect(judgeAnswer('httpApi', answer)).toBeUndefined());

  test('but whoever writes headers and a body has meant them as such', () => {
    expect(judgeAnswer('httpApi', { headers: {}, body: 'x' })?.advice).toMatch(/sends such a dictionary as it is/);
    expect(judgeAnswer('httpApi', { statusCode: 200, body: {} })?.advice).toMatch(/json\.dumps/);
  });
});

test('the event has the parameter under the name of the route', () => {
  const request = { method: 'GET', path: '/users/Ana', value: 'Ana' };
  expect(makeEvent({ api: 'http', path: '/users/{who}' }, request)).toMatchObject({
    httpMethod: 'GET',
    path: '/users/Ana',
    resource: '/users/{who}',
    pathParameters: { who: 'Ana' },
    body: null,
  });
  expect(makeEvent({ api: 'httpApi', path: '/users/{who}' }, request)).toMatchObject({
    version: '2.0',
    rawPath: '/users/Ana',
    routeKey: 'GET /users/{who}',
    pathParameters: { who: 'Ana' },
    requestContext: { http: { method: 'GET' } },
  });
  expect(makeEvent({ api: 'http', path: '/users' }, { method: 'POST', path: '/users', body: '{}' })).toMatchObject({
    pathParameters: null,
    body: '{}',
  });
});
