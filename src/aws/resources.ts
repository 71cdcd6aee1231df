/** What is in AWS, by the names that labs use: one entry of the table for each kind. */
import { ResourceError } from '../checks/check.ts';
import type { Resources } from '../checks/check.ts';
import { clientSettings } from './client-settings.ts';
import type { Caller, ClientSettings } from './client-settings.ts';
import { codeOf, explainRefusal } from './explain-refusal.ts';
import { matchesName } from './name-pattern.ts';

/** Gives the names of a kind that could match: for a name without `*` one request is enough where AWS has one. */
type List = (settings: ClientSettings, pattern: string) => Promise<string[]>;

const kinds: Record<string, List> = { role: listRoles, function: listFunctions, api: listApis };

/** Looks with the keys of an environment. SDK clients are loaded when their kind is asked for, not before. */
export function createResources(caller: Caller): Resources {
  return {
    kinds: Object.keys(kinds),
    async find(kind, pattern) {
      const list = kinds[kind];
      if (!list) throw new ResourceError(`labwalk cannot look for "${kind}" in AWS. It knows ${Object.keys(kinds).join(', ')}.`);
      try {
        const names = await list(clientSettings(caller), pattern);
        return names.filter((name) => matchesName(pattern, name)).sort();
      } catch (error) {
        throw explainFailure(kind, error);
      }
    },
  };
}

function explainFailure(kind: string, error: unknown): ResourceError {
  return new ResourceError(`AWS did not say which ${plural(kind)} there are. ${explainRefusal(error).message}`, { cause: error });
}

const plural = (kind: string) => (kind === 'api' ? 'APIs' : `${kind}s`);

async function listRoles(settings: ClientSettings, pattern: string): Promise<string[]> {
  const { GetRoleCommand, IAMClient, paginateListRoles } = await import('@aws-sdk/client-iam');
  const client = new IAMClient(settings);
  if (!pattern.includes('*')) return nameIfThere(() => client.send(new GetRoleCommand({ RoleName: pattern })), pattern, 'NoSuchEntity');
  const names: string[] = [];
  for await (const page of paginateListRoles({ client }, {})) names.push(...pickNames(page.Roles, (role) => role.RoleName));
  return names;
}

async function listFunctions(settings: ClientSettings, pattern: string): Promise<string[]> {
  const { GetFunctionConfigurationCommand, LambdaClient, paginateListFunctions } = await import('@aws-sdk/client-lambda');
  const client = new LambdaClient(settings);
  if (!pattern.includes('*')) {
    return nameIfThere(
      () => client.send(new GetFunctionConfigurationCommand({ FunctionName: pattern })),
      pattern,
      'ResourceNotFoundException',
    );
  }
  const names: string[] = [];
  for await (const page of paginateListFunctions({ client }, {})) names.push(...pickNames(page.Functions, (each) => each.FunctionName));
  return names;
}

/** REST APIs have no unique names, so all are listed; a name is given once for each API that has it. */
async function listApis(settings: ClientSettings): Promise<string[]> {
  const { APIGatewayClient, paginateGetRestApis } = await import('@aws-sdk/client-api-gateway');
  const client = new APIGatewayClient(settings);
  const names: string[] = [];
  for await (const page of paginateGetRestApis({ client, pageSize: 500 }, {})) names.push(...pickNames(page.items, (api) => api.name));
  return names;
}

async function nameIfThere(ask: () => Promise<unknown>, name: string, codeForNone: string): Promise<string[]> {
  try {
    await ask();
    return [name];
  } catch (error) {
    const code = codeOf(error);
    if (code === codeForNone || code === `${codeForNone}Exception`) return [];
    throw error;
  }
}

const pickNames = <T>(items: T[] | undefined, name: (item: T) => string | undefined): string[] =>
  (items ?? []).map(name).filter((each) => each !== undefined);
