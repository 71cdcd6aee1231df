import type { Resource } from '../../engine/context/cloud.ts';
import { ifThere, pick, type Kind } from './kind.ts';

const load = () => import('@aws-sdk/client-cognito-identity-provider');

/** User pools of Cognito. Their names are not unique, so all are listed. */
export const userPool: Kind = {
  plural: 'user pools',
  async list(settings) {
    const { CognitoIdentityProviderClient, paginateListUserPools } = await load();
    const client = new CognitoIdentityProviderClient(settings);
    const pools: Resource[] = [];
    for await (const page of paginateListUserPools({ client }, { MaxResults: 60 }))
      pools.push(...pick(page.UserPools, ({ Id, Name }) => (Id && Name ? { id: Id, name: Name } : undefined)));
    return pools;
  },
  async delete(settings, { id: UserPoolId }) {
    const sdk = await load();
    const client = new sdk.CognitoIdentityProviderClient(settings);
    const found = await ifThere(() => client.send(new sdk.DescribeUserPoolCommand({ UserPoolId })));
    // a pool with a domain is not deleted
    for (const Domain of pick([found?.UserPool?.Domain, found?.UserPool?.CustomDomain], (domain) => domain))
      await ifThere(() => client.send(new sdk.DeleteUserPoolDomainCommand({ UserPoolId, Domain })));
    await ifThere(() => client.send(new sdk.DeleteUserPoolCommand({ UserPoolId })));
  },
  byHand: ({ id }) => `aws cognito-idp delete-user-pool --user-pool-id ${id}`,
};
