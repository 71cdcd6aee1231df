import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Resource } from '../../engine/context/cloud.ts';
import { ifThere, isExact, pick, type Kind } from './kind.ts';

const load = () => import('@aws-sdk/client-lambda');

/** Lambda has no id beside the name: the ARN has to do. */
const toResource = ({ FunctionName, FunctionArn }: FunctionConfiguration): Resource | undefined =>
  FunctionName && FunctionArn ? { id: FunctionArn, name: FunctionName, arn: FunctionArn } : undefined;

export const lambdaFunction: Kind = {
  plural: 'functions',
  async list(settings, pattern) {
    const { GetFunctionConfigurationCommand, LambdaClient, paginateListFunctions } = await load();
    const client = new LambdaClient(settings);
    if (isExact(pattern)) {
      const found = await ifThere(() => client.send(new GetFunctionConfigurationCommand({ FunctionName: pattern })));
      return pick(found ? [found] : [], toResource);
    }
    const functions: Resource[] = [];
    for await (const page of paginateListFunctions({ client }, {})) functions.push(...pick(page.Functions, toResource));
    return functions;
  },
  async delete(settings, { name }) {
    const { DeleteFunctionCommand, LambdaClient } = await load();
    await ifThere(() => new LambdaClient(settings).send(new DeleteFunctionCommand({ FunctionName: name })));
  },
  byHand: ({ name }) => `aws lambda delete-function --function-name ${name}`,
};
