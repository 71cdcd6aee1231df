import type { Resource } from '../../engine/context/cloud.ts';
import { ifThere, pick, type Kind } from './kind.ts';

const load = () => import('@aws-sdk/client-api-gateway');

/** REST APIs. Their names are not unique, so all are listed. */
export const api: Kind = {
  plural: 'APIs',
  async list(settings) {
    const { APIGatewayClient, paginateGetRestApis } = await load();
    const client = new APIGatewayClient(settings);
    const apis: Resource[] = [];
    for await (const page of paginateGetRestApis({ client, pageSize: 500 }, {}))
      apis.push(...pick(page.items, ({ id, name }) => (id && name ? { id, name } : undefined)));
    return apis;
  },
  async delete(settings, { id }) {
    const { APIGatewayClient, DeleteRestApiCommand } = await load();
    await ifThere(() => new APIGatewayClient(settings).send(new DeleteRestApiCommand({ restApiId: id })));
  },
  byHand: ({ id }) => `aws apigateway delete-rest-api --rest-api-id ${id}`,
  slow: 'AWS deletes one API every 30 seconds in an account.',
};
