import type { ParameterMetadata } from '@aws-sdk/client-ssm';
import type { Resource } from '../../engine/context/cloud.ts';
import { ifThere, isExact, pick, type Kind } from './kind.ts';

const load = () => import('@aws-sdk/client-ssm');

/** A parameter has no id beside its name, and its version changes with each value. */
const toResource = ({ Name, ARN }: ParameterMetadata): Resource | undefined =>
  Name ? { id: ARN ?? Name, name: Name, ...(ARN ? { arn: ARN } : {}) } : undefined;

/** Parameters of Systems Manager. Their values are never asked for: they may be secrets. */
export const parameter: Kind = {
  plural: 'parameters',
  async list(settings, pattern) {
    const { paginateDescribeParameters, SSMClient } = await load();
    const client = new SSMClient(settings);
    const [prefix = ''] = pattern.split('*');
    const filter = { Key: 'Name', Option: isExact(pattern) ? 'Equals' : 'BeginsWith', Values: [prefix] };
    const parameters: Resource[] = [];
    for await (const page of paginateDescribeParameters({ client }, prefix ? { ParameterFilters: [filter] } : {}))
      parameters.push(...pick(page.Parameters, toResource));
    return parameters;
  },
  async delete(settings, { name }) {
    const { DeleteParameterCommand, SSMClient } = await load();
    await ifThere(() => new SSMClient(settings).send(new DeleteParameterCommand({ Name: name })));
  },
  byHand: ({ name }) => `aws ssm delete-parameter --name ${name}`,
};
