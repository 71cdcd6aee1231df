import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Resource } from '../../engine/context/cloud.ts';
import { ifThere, pick, type Kind } from './kind.ts';

const load = () => import('@aws-sdk/client-cloudwatch-logs');

/** One that is made again has the same ARN, but another time. */
const toResource = ({ logGroupName, creationTime, arn }: LogGroup): Resource | undefined =>
  logGroupName ? { id: `${logGroupName}@${creationTime ?? ''}`, name: logGroupName, ...(arn ? { arn } : {}) } : undefined;

export const logGroup: Kind = {
  plural: 'log groups',
  async list(settings, pattern) {
    const { CloudWatchLogsClient, paginateDescribeLogGroups } = await load();
    const client = new CloudWatchLogsClient(settings);
    const [prefix = ''] = pattern.split('*');
    const groups: Resource[] = [];
    for await (const page of paginateDescribeLogGroups({ client }, prefix ? { logGroupNamePrefix: prefix } : {}))
      groups.push(...pick(page.logGroups, toResource));
    return groups;
  },
  async delete(settings, { name }) {
    const { CloudWatchLogsClient, DeleteLogGroupCommand } = await load();
    await ifThere(() => new CloudWatchLogsClient(settings).send(new DeleteLogGroupCommand({ logGroupName: name })));
  },
  byHand: ({ name }) => `aws logs delete-log-group --log-group-name ${name}`,
};
