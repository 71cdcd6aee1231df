import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import type { Resource } from '../../engine/context/cloud.ts';
import { matchesName } from '../../text/name-pattern.ts';
import { codeOf } from '../credentials/refusal.ts';
import { bucket } from './bucket.ts';
import { ifThere, isExact, pick, type Kind } from './kind.ts';

const load = () => import('@aws-sdk/client-cloudformation');

const toResource = ({ StackId, StackName }: Stack): Resource | undefined =>
  StackId && StackName ? { id: StackId, name: StackName, arn: StackId } : undefined;

/** Stacks of CloudFormation. What a stack has made goes with it; that one which is made again has another id. */
export const stack: Kind = {
  plural: 'stacks',
  async list(settings, pattern) {
    const { CloudFormationClient, DescribeStacksCommand, paginateDescribeStacks } = await load();
    const client = new CloudFormationClient(settings);
    if (isExact(pattern))
      return pick((await ifKnown(() => client.send(new DescribeStacksCommand({ StackName: pattern }))))?.Stacks, toResource);
    const stacks: Stack[] = [];
    for await (const page of paginateDescribeStacks({ client }, {})) stacks.push(...(page.Stacks ?? []));
    return pick(stacks, toResource).filter(({ name }) => matchesName(pattern, name));
  },
  async delete(settings, { id: StackName }) {
    const { CloudFormationClient, DeleteStackCommand, waitUntilStackDeleteComplete } = await load();
    const client = new CloudFormationClient(settings);
    // one that has something in it would hold the stack back; one that is gone does not
    for (const name of await bucketsOf(client, StackName)) await bucket.delete(settings, { id: name, name });
    await ifKnown(() => client.send(new DeleteStackCommand({ StackName })));
    await ifKnown(() => waitUntilStackDeleteComplete({ client, minDelay: 1, maxDelay: 10, maxWaitTime: secondsToGo }, { StackName }));
  },
  byHand: ({ name }) => `aws cloudformation delete-stack --stack-name ${name}`,
};

const secondsToGo = 600;

async function bucketsOf(client: CloudFormationClient, StackName: string): Promise<string[]> {
  const { DescribeStackResourcesCommand } = await load();
  const found = await ifKnown(() => client.send(new DescribeStackResourcesCommand({ StackName })));
  return pick(found?.StackResources, ({ ResourceType, PhysicalResourceId, ResourceStatus }) =>
    ResourceType === 'AWS::S3::Bucket' && ResourceStatus !== 'DELETE_COMPLETE' ? PhysicalResourceId : undefined,
  );
}

/** CloudFormation has no code of its own for a stack that is not there. */
const ifKnown = <T>(ask: () => Promise<T>): Promise<T | undefined> =>
  ifThere(ask, (error) => codeOf(error) === 'ValidationError' && /does not exist/i.test((error as Error).message));
