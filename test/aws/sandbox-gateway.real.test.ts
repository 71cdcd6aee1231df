/** What API Gateway answers for a function that is broken, or that it may not call. */
import {
  APIGatewayClient,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteResourceCommand,
  GetResourcesCommand,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi, createFunction, createRole, settingsFor } from '../support/sandbox-functions.ts';
import { startOwnSandbox, type OwnSandbox } from '../support/sandbox.ts';

let own: OwnSandbox;
/** A function that answers with the JSON in the header `answer`. */
let echo: string;

beforeAll(async () => {
  own = await startOwnSandbox();
  await createRole(own);
  const code = `import json\n\ndef handler(event, context):\n    return json.loads({k.lower(): v for k, v in event['headers'].items()}['answer'])\n`;
  echo = await createFunction(own, 'echo', code);
});
afterAll(() => own.close());

const broken = { status: 502, body: '{"message": "Internal server error"}' };
const misconfigured = { status: 500, body: expect.stringMatching(/^\{"message": ?"Internal server error"\}$/) as string };

test('a function that cannot be loaded, or raises an error, is a 502 that says no more', async () => {
  for (const [name, code] of [
    ['without-package', 'import nothing_like_it\n\ndef handler(event, context): pass\n'],
    ['raises', 'def handler(event, context): raise ValueError("a secret")\n'],
    ['ends', 'import os\n\ndef handler(event, context): os._exit(1)\n'],
  ] as const) {
    const get = await createApi(own, await createFunction(own, name, code));
    expect(await get()).toMatchObject(broken);
  }
});

test('an answer that API Gateway does not understand is a 502, one that it understands is passed on', async () => {
  const get = await createApi(own, echo);
  const answer = (value: unknown) => get({ answer: JSON.stringify(value) });
  for (const malformed of [
    'a text',
    null,
    ['a list'],
    { hello: 'world' },
    { statusCode: 200, hello: 'world' },
    { statusCode: 'ok', body: '' },
    { statusCode: 200, body: { hello: 'world' } },
    { statusCode: 200, headers: 'none' },
    { statusCode: 200, multiValueHeaders: { 'x-list': 'a text' } },
  ])
    expect([malformed, await answer(malformed)]).toMatchObject([malformed, broken]);
  expect(await answer({})).toMatchObject({ status: 200, body: '' });
  expect(await answer({ body: 'hello' })).toMatchObject({ status: 200, body: 'hello' });
  expect(await answer({ statusCode: '201' })).toMatchObject({ status: 201, body: '' });
  expect(await answer({ headers: { 'x-true': true }, body: null })).toMatchObject({ status: 200, body: '', headers: { 'x-true': 'true' } });
});

test('API Gateway calls a function by POST, and with its permission only', async () => {
  const calling = { answer: '{"statusCode": 200}' };
  expect(await (await createApi(own, echo, { integrationHttpMethod: 'GET' }))(calling)).toMatchObject(misconfigured);
  expect(await (await createApi(own, echo, { permitted: false }))(calling)).toMatchObject(misconfigured);
  expect(await (await createApi(own, echo, { permitted: 'prod/GET/' }))(calling)).toMatchObject(misconfigured);
  expect(await (await createApi(own, echo, { permitted: '*' }))(calling)).toMatchObject({ status: 200 });
  expect(await (await createApi(own, echo, { permitted: 'dev/GET/' }))(calling)).toMatchObject({ status: 200 });
});

test("an event has what a REST API's has", async () => {
  const arn = await createFunction(
    own,
    'event',
    `import json\n\ndef handler(event, context): return {'statusCode': 200, 'body': json.dumps(event)}\n`,
  );
  const event = JSON.parse((await (await createApi(own, arn))()).body) as Record<string, Record<string, unknown>>;
  expect(Object.keys(event).toSorted()).toEqual(
    'body headers httpMethod isBase64Encoded multiValueHeaders multiValueQueryStringParameters path pathParameters queryStringParameters requestContext resource stageVariables'.split(
      ' ',
    ),
  );
  expect(event['headers']).toMatchObject({ 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '443' });
  expect(event['requestContext']).toMatchObject({ stage: 'dev', deploymentId: expect.any(String) as string });
  expect(Object.keys(event['requestContext']?.['identity'] as object).toSorted()).toEqual(
    'accessKey accountId caller cognitoAuthenticationProvider cognitoAuthenticationType cognitoIdentityId cognitoIdentityPoolId principalOrgId sourceIp user userAgent userArn'.split(
      ' ',
    ),
  );
});

test('an API is for the edge unless it says otherwise, and a resource goes with what is below it', async () => {
  const gateway = new APIGatewayClient(settingsFor(own));
  const api = await gateway.send(new CreateRestApiCommand({ name: 'tree' }));
  expect(api.endpointConfiguration?.types).toEqual(['EDGE']);
  const regional = await gateway.send(new CreateRestApiCommand({ name: 'near', endpointConfiguration: { types: ['REGIONAL'] } }));
  expect(regional.endpointConfiguration?.types).toEqual(['REGIONAL']);
  const below = (parentId: string | undefined, pathPart: string) =>
    gateway.send(new CreateResourceCommand({ restApiId: api.id, parentId, pathPart }));
  const users = await below(api.rootResourceId, 'users');
  await below((await below(users.id, '{name}')).id, 'photos');
  await gateway.send(new DeleteResourceCommand({ restApiId: api.id, resourceId: users.id }));
  const left = await gateway.send(new GetResourcesCommand({ restApiId: api.id }));
  expect(left.items?.map((each) => each.path)).toEqual(['/']);
});
