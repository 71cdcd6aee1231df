import type { IAMClient, Role } from '@aws-sdk/client-iam';
import type { Resource } from '../../engine/context/cloud.ts';
import { ifThere, isExact, pick, type Kind } from './kind.ts';

const load = () => import('@aws-sdk/client-iam');

/** A role's id stays its own: one that is made later with the same name has another. */
const toResource = ({ RoleId, RoleName, Arn }: Role): Resource | undefined =>
  RoleId && RoleName ? { id: RoleId, name: RoleName, ...(Arn ? { arn: Arn } : {}) } : undefined;

export const role: Kind = {
  plural: 'roles',
  async list(settings, pattern) {
    const { GetRoleCommand, IAMClient, paginateListRoles } = await load();
    const client = new IAMClient(settings);
    if (isExact(pattern)) {
      const found = await ifThere(() => client.send(new GetRoleCommand({ RoleName: pattern })));
      return pick(found?.Role ? [found.Role] : [], toResource);
    }
    const roles: Resource[] = [];
    for await (const page of paginateListRoles({ client }, {})) roles.push(...pick(page.Roles, toResource));
    return roles;
  },
  async delete(settings, { name }) {
    const { DeleteRoleCommand, IAMClient } = await load();
    const client = new IAMClient(settings);
    await ifThere(() => stripRole(client, name));
    await ifThere(() => client.send(new DeleteRoleCommand({ RoleName: name })));
  },
  byHand: ({ name }) =>
    `for p in $(aws iam list-role-policies --role-name ${name} --query 'PolicyNames[]' --output text); do aws iam delete-role-policy --role-name ${name} --policy-name "$p"; done; aws iam delete-role --role-name ${name}`,
};

/** Takes from a role what IAM would not delete it with. */
async function stripRole(client: IAMClient, name: string): Promise<void> {
  const sdk = await load();
  const RoleName = name;
  for await (const { PolicyNames } of sdk.paginateListRolePolicies({ client }, { RoleName }))
    for (const PolicyName of PolicyNames ?? []) await ifThere(() => client.send(new sdk.DeleteRolePolicyCommand({ RoleName, PolicyName })));
  for await (const { AttachedPolicies } of sdk.paginateListAttachedRolePolicies({ client }, { RoleName }))
    for (const { PolicyArn } of AttachedPolicies ?? [])
      await ifThere(() => client.send(new sdk.DetachRolePolicyCommand({ RoleName, PolicyArn })));
  for await (const { InstanceProfiles } of sdk.paginateListInstanceProfilesForRole({ client }, { RoleName }))
    for (const { InstanceProfileName } of InstanceProfiles ?? [])
      await ifThere(() => client.send(new sdk.RemoveRoleFromInstanceProfileCommand({ RoleName, InstanceProfileName })));
}
