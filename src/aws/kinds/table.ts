import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { Resource } from '../../engine/context/cloud.ts';
import { matchesName } from '../../text/name-pattern.ts';
import { ifThere, isExact, pick, type Kind } from './kind.ts';

const load = () => import('@aws-sdk/client-dynamodb');

/** A table that is made again has another id. */
const toResource = ({ TableId, TableName, TableArn }: TableDescription): Resource | undefined =>
  TableId && TableName ? { id: TableId, name: TableName, ...(TableArn ? { arn: TableArn } : {}) } : undefined;

/** Tables of DynamoDB. */
export const dynamoTable: Kind = {
  plural: 'tables',
  async list(settings, pattern) {
    const { DescribeTableCommand, DynamoDBClient, paginateListTables } = await load();
    const client = new DynamoDBClient(settings);
    const names: string[] = [];
    if (isExact(pattern)) names.push(pattern);
    else
      for await (const page of paginateListTables({ client }, {}))
        names.push(...(page.TableNames ?? []).filter((name) => matchesName(pattern, name)));
    const found = await Promise.all(names.map((TableName) => ifThere(() => client.send(new DescribeTableCommand({ TableName })))));
    return pick(found, (one) => (one?.Table ? toResource(one.Table) : undefined));
  },
  async delete(settings, { name: TableName }) {
    const { DeleteTableCommand, DynamoDBClient, waitUntilTableNotExists } = await load();
    const client = new DynamoDBClient(settings);
    const deleted = await ifThere(() => client.send(new DeleteTableCommand({ TableName })));
    // it is there for some seconds still, and would be told as left behind
    if (deleted) await waitUntilTableNotExists({ client, minDelay: 1, maxDelay: 5, maxWaitTime: secondsToGo }, { TableName });
  },
  byHand: ({ name }) => `aws dynamodb delete-table --table-name ${name}`,
};

const secondsToGo = 120;
