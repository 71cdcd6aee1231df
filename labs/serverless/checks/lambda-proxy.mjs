/**
 * What API Gateway hands to a function, and what it takes for an answer: for a REST API (`http`) and for an HTTP API (`httpApi`), which is of
 * payload version 2.0. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html and
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { parameterNames } from './events.mjs';

/**
 * The event of a request.
 *
 * @param {{ api: 'http' | 'httpApi', path: string }} route
 * @param {{ method: string, path: string, value?: string, body?: string }} request `value` is that of the path's parameter.
 */
export function makeEvent(route, { method, path, value, body }) {
  const names = parameterNames(route.path);
  const pathParameters = names.length > 0 ? Object.fromEntries(names.map((name) => [name, value ?? ''])) : null;
  const headers = {
    Accept: '*/*',
    'Content-Type': 'application/json',
    Host: 'localhost',
    'User-Agent': 'HTTPie',
    'X-Forwarded-For': '127.0.0.1',
  };
  const context = { accountId: '123456789012', apiId: 'offline', requestId: 'check', domainName: 'localhost' };
  const shared = { body: body ?? null, isBase64Encoded: false, pathParameters };
  if (route.api === 'http') {
    return {
      ...shared,
      resource: route.path,
      path,
      httpMethod: method,
      headers,
      multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, one]) => [name, [one]])),
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      stageVariables: null,
      requestContext: {
        ...context,
        stage: 'dev',
        path: `/dev${path}`,
        resourcePath: route.path,
        httpMethod: method,
        protocol: 'HTTP/1.1',
        identity: { sourceIp: '127.0.0.1', userAgent: 'HTTPie' },
      },
    };
  }
  return {
    ...shared,
    version: '2.0',
    routeKey: `${method} ${route.path}`,
    rawPath: path,
    rawQueryString: '',
    headers: Object.fromEntries(Object.entries(headers).map(([name, one]) => [name.toLowerCase(), one])),
    requestContext: {
      ...context,
      stage: '$default',
      routeKey: `${method} ${route.path}`,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'HTTPie' },
    },
  };
}

/**
 * Whether API Gateway makes a response of it, and one with status 200.
 *
 * @param {'http' | 'httpApi'} api
 * @param {unknown} answer What the function has returned, as JSON has it.
 * @returns {{ expected: string, actual: string, advice: string } | undefined}
 */
export function judgeAnswer(api, answer) {
  if (api === 'httpApi' && !isProxyAnswer(answer)) return undefined; // an HTTP API makes JSON of whatever else comes, with status 200
  if (answer === null || answer === undefined)
    return wrong('nothing', `The function returns nothing. Let it return a dictionary with statusCode, headers and body. ${FAILURE[api]}`);
  if (typeof answer !== 'object' || Array.isArray(answer))
    return wrong(show(answer), `Return a dictionary with statusCode, headers and body. ${FAILURE[api]}`);
  const { statusCode, headers, body, isBase64Encoded } = answer;
  const keys = Object.keys(answer);
  const unknown = keys.filter((key) => !KNOWN_KEYS.includes(key));
  if (statusCode === undefined || statusCode === null) {
    const near = keys.find((key) => /^status/i.test(key));
    return wrong(
      `an answer without it, with ${keys.length === 0 ? 'no keys at all' : keys.join(', ')}`,
      `${near ? `It is called statusCode, not ${near}.` : 'Add it to the dictionary.'} ${api === 'http' && unknown.length === 0 ? NO_STATUS : FAILURE[api]}`,
      'a statusCode in the answer',
    );
  }
  if (api === 'http' && unknown.length > 0)
    return wrong(
      `an answer with ${unknown.join(', ')}`,
      `API Gateway knows ${KNOWN_KEYS.join(', ')}. With any other key it answers 502, though on this machine it may pass.`,
      'an answer with statusCode, headers and body only',
    );
  if (!/^\d{3}$/.test(String(statusCode)))
    return wrong(show(statusCode), `statusCode is a number: 200. ${FAILURE[api]}`, 'a statusCode of three digits');
  if (body !== undefined && body !== null && typeof body !== 'string')
    return wrong(
      `a body that is ${nameOf(body)}`,
      `API Gateway takes a text for a body: json.dumps makes one of it. ${FAILURE[api]}`,
      'a text as the body',
    );
  if (
    headers !== undefined &&
    headers !== null &&
    (nameOf(headers) !== 'an object' || Object.values(headers).some((one) => typeof one === 'object'))
  )
    return wrong(
      `headers that are ${show(headers)}`,
      `headers is a dictionary of texts: {'Content-Type': 'text/html'}. ${FAILURE[api]}`,
      'a text for each header',
    );
  if (isBase64Encoded !== undefined && typeof isBase64Encoded !== 'boolean')
    return wrong(`isBase64Encoded is ${show(isBase64Encoded)}`, `It is True or False. ${FAILURE[api]}`);
  if (String(statusCode) !== '200') return wrong(`status ${statusCode}`, `The lab's app answers 200: 'statusCode': 200`, 'status 200');
  return undefined;
}

/** What happens to such an answer on AWS, where this machine may be lenient. */
const FAILURE = {
  http: 'On this machine it may pass; API Gateway answers 502 to it.',
  httpApi: 'An HTTP API sends such a dictionary as it is, its headers and its body as JSON.',
};

/** Recorded: a REST API takes an answer with known keys for 200. Its guide asks for a status all the same. */
const NO_STATUS = 'AWS asks for it, and without it the caller is told 200, whatever happened.';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format */
const KNOWN_KEYS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];

const wrong = (actual, advice, expected = 'an answer with statusCode, headers and body') => ({ expected, actual, advice });
const show = (value) => JSON.stringify(value) ?? 'nothing';
const nameOf = (value) =>
  Array.isArray(value) ? 'a list' : typeof value === 'object' && value !== null ? 'an object' : `a ${typeof value}`;

/** With one of these keys, whoever wrote the function has meant an answer and not data. */
const isProxyAnswer = (answer) =>
  typeof answer === 'object' &&
  answer !== null &&
  !Array.isArray(answer) &&
  ['statusCode', 'headers', 'body'].filter((key) => key in answer).length > ('statusCode' in answer ? 0 : 1);
