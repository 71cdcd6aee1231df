/** Functions and APIs in a sandbox, made by the AWS SDK: it's much quicker than the AWS CLI. */
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient, type CreateFunctionCommandInput } from '@aws-sdk/client-lambda';
import { execa } from 'execa';
import fs from 'node:fs';
import path from 'node:path';
import { clientSettings } from '../../src/aws/credentials/client-settings.ts';
import { keysEnvironment } from '../../src/aws/keys-environment.ts';
import { ask, type Answer } from './ask-by-host.ts';
import type { OwnSandbox } from './sandbox.ts';
import { toolchain } from './toolchain.ts';

export const lambdaTrust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** The settings of an AWS SDK's client that asks the sandbox with a key that may do everything. */
export function settingsFor({ sandbox }: OwnSandbox) {
  const keys = keysEnvironment(sandbox.good) as Record<string, string>;
  return clientSettings({ env: { AWS_ENDPOINT_URL: sandbox.endpoint, AWS_DEFAULT_REGION: sandbox.region, ...keys } });
}

/** A package with `code` as app.py. */
export async function zip(own: OwnSandbox, code: string): Promise<Uint8Array> {
  const { python } = await toolchain();
  fs.writeFileSync(path.join(own.learner.folder, 'app.py'), code);
  await execa(python, ['-m', 'zipfile', '-c', 'app.zip', 'app.py'], { cwd: own.learner.folder });
  return fs.readFileSync(path.join(own.learner.folder, 'app.zip'));
}

/** Creates the role that functions of these tests have. */
export async function createRole(own: OwnSandbox, name = 'r', trust = lambdaTrust): Promise<string> {
  const made = await new IAMClient(settingsFor(own)).send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }));
  return made.Role!.Arn!;
}

/** Creates a function `name` with `code` as app.py, whose `handler` is called; gives its ARN. */
export async function createFunction(own: OwnSandbox, name: string, code: string, options: Partial<CreateFunctionCommandInput> = {}) {
  const made = await new LambdaClient(settingsFor(own)).send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'python3.12',
      Handler: 'app.handler',
      Role: `arn:aws:iam::${own.sandbox.account}:role/r`,
      Code: { ZipFile: await zip(own, code) },
      ...options,
    }),
  );
  return made.FunctionArn!;
}

/** An API whose root calls the function; gives a function that asks it. */
export async function createApi(
  own: OwnSandbox,
  functionArn: string,
  { integrationHttpMethod = 'POST', permitted = `*/GET/` }: { integrationHttpMethod?: string; permitted?: string | false } = {},
): Promise<(headers?: Record<string, string>) => Promise<Answer>> {
  const { account, region } = own.sandbox;
  const gateway = new APIGatewayClient(settingsFor(own));
  const api = await gateway.send(new CreateRestApiCommand({ name: 'trial' }));
  const place = { restApiId: api.id, resourceId: api.rootResourceId, httpMethod: 'GET' };
  await gateway.send(new PutMethodCommand({ ...place, authorizationType: 'NONE' }));
  const uri = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  await gateway.send(new PutIntegrationCommand({ ...place, type: 'AWS_PROXY', integrationHttpMethod, uri }));
  await gateway.send(new CreateDeploymentCommand({ restApiId: api.id, stageName: 'dev' }));
  if (permitted !== false)
    await new LambdaClient(settingsFor(own)).send(
      new AddPermissionCommand({
        FunctionName: functionArn,
        StatementId: `api-${api.id}`,
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `arn:aws:execute-api:${region}:${account}:${api.id}/${permitted}`,
      }),
    );
  return (headers = {}) => ask(own.sandbox.endpoint, `/dev/`, { host: `${api.id}.execute-api.${region}.amazonaws.com`, ...headers });
}
