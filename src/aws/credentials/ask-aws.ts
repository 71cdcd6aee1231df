/** The calls by which labwalk tries keys. They only read. */
import type { AwsAnswer, Answers } from './answers.ts';
import { keysAsEnvironment } from './caller.ts';
import { clientSettings } from './client-settings.ts';
import type { ClientSettings } from './client-settings.ts';
import type { FoundCredentials } from './found-credentials.ts';
import type { AwsKeys } from './keys.ts';
import { isUnknownKey, readRefusal } from './refusal.ts';

/** Enabled in every account. */
const firstRegion = 'us-east-1';

/** A name that nothing has: "there is none" means that we may look. */
const noName = 'labwalk-looks-whether-it-may-ask';

interface Probe {
  call: string;
  ask(settings: ClientSettings): Promise<unknown>;
  /** The refusal that means "you may ask". */
  wanted?: string;
}

/** What is asked for each service that a lab needs. Each is a call that labs and labwalk's own checks make. SDKs are loaded when they are needed. */
const probesOf: Record<string, Probe[]> = {
  iam: [
    {
      // Sessions that may not use IAM are refused here, those of Cloud9 too: their list of permissions has it not.
      call: 'iam:GetAccountSummary',
      async ask(settings) {
        const { GetAccountSummaryCommand, IAMClient } = await import('@aws-sdk/client-iam');
        await new IAMClient(settings).send(new GetAccountSummaryCommand({}));
      },
    },
    {
      call: 'iam:GetRole',
      wanted: 'NoSuchEntityException',
      async ask(settings) {
        const { GetRoleCommand, IAMClient } = await import('@aws-sdk/client-iam');
        await new IAMClient(settings).send(new GetRoleCommand({ RoleName: noName }));
      },
    },
  ],
  lambda: [
    {
      call: 'lambda:GetFunctionConfiguration',
      wanted: 'ResourceNotFoundException',
      async ask(settings) {
        const { GetFunctionConfigurationCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
        await new LambdaClient(settings).send(new GetFunctionConfigurationCommand({ FunctionName: noName }));
      },
    },
  ],
  apigateway: [
    {
      call: 'apigateway:GET',
      async ask(settings) {
        const { APIGatewayClient, GetRestApisCommand } = await import('@aws-sdk/client-api-gateway');
        await new APIGatewayClient(settings).send(new GetRestApisCommand({ limit: 1 }));
      },
    },
  ],
};

/** Services for which labwalk can say whether keys will do. */
export const knownServices = Object.keys(probesOf);

export interface AskOptions {
  keys: AwsKeys;
  region: string;
  services: readonly string[];
  /** By service; AWS itself where there is none. */
  endpoints: FoundCredentials['endpoints'];
}

/** Asks STS whose the keys are, and each service whether it may be used. STS first: what it refuses, all others refuse. */
export async function askAws({ keys, region, services, endpoints }: AskOptions): Promise<Answers> {
  const settingsFor = (service: string, where: string) =>
    clientSettings({ env: keysAsEnvironment(keys, where), ...(endpoints[service] ? { endpoint: endpoints[service] } : {}) });
  const sts = await askIdentity(settingsFor('sts', region));
  if (sts.refusal) {
    const mayBeRegion = region !== firstRegion && (sts.refusal.unreached || isUnknownKey(sts.refusal));
    return { sts, ...(mayBeRegion ? { elsewhere: await askIdentity(settingsFor('sts', firstRegion)) } : {}), probes: [] };
  }
  const asked = services.flatMap((service) => (probesOf[service] ?? []).map((probe) => ({ service, probe })));
  return { sts, probes: await Promise.all(asked.map(({ service, probe }) => askProbe(probe, settingsFor(service, region)))) };
}

async function askIdentity(settings: ClientSettings): Promise<AwsAnswer> {
  const about = { call: 'sts:GetCallerIdentity', region: settings.region };
  try {
    const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
    const { Account: account, Arn: arn } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
    return { ...about, ...(account ? { account } : {}), ...(arn ? { arn } : {}) };
  } catch (error) {
    return { ...about, refusal: readRefusal(error) };
  }
}

async function askProbe({ call, ask, wanted }: Probe, settings: ClientSettings): Promise<AwsAnswer> {
  const about = { call, region: settings.region };
  try {
    await ask(settings);
    return about;
  } catch (error) {
    const refusal = readRefusal(error);
    return refusal.code === wanted ? about : { ...about, refusal };
  }
}
