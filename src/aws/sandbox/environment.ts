/** The environment of a learner's terminal in sandbox mode: made from a list of what is let in, not from what is taken out. */
import path from 'node:path';
import { keysEnvironment } from '../keys-environment.ts';
import type { AwsKeys } from '../credentials/keys.ts';

type Env = Record<string, string | undefined>;

/** What the environment takes from a Sandbox. */
export interface SandboxFacts {
  endpoint: string;
  proxy: string;
  /** Not there where no sandbox runs: then nobody is trusted that the machine does not trust. */
  bundle?: string;
  region: string;
  given: AwsKeys;
}

/** Variables of the person's that say nothing about AWS and are wanted by tools. LC_* are let in, too. */
const letIn = ['TERM', 'COLORTERM', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR', 'USER', 'LOGNAME', 'NO_COLOR', 'FORCE_COLOR', 'EDITOR', 'VISUAL'];

/** Settings of pip that would go around the sandbox's proxy, or distrust its certificate. */
const pipLeftOut = new Set(['PIP_PROXY', 'PIP_CERT', 'PIP_CLIENT_CERT', 'PIP_TARGET', 'PIP_PREFIX', 'PIP_USER', 'PIP_REQUIRE_VIRTUALENV']);

/** Every variable by which a tool is told whom to trust. Each is enough for some tool and unknown to others. */
const trustVariables = [
  'REQUESTS_CA_BUNDLE', // HTTPie, the AWS CLI, pip
  'CURL_CA_BUNDLE',
  'SSL_CERT_FILE', // OpenSSL: Python's urllib, curl
  'AWS_CA_BUNDLE',
  'PIP_CERT',
  'NODE_EXTRA_CA_CERTS',
  'GIT_SSL_CAINFO',
];

/**
 * Makes the whole environment. Nothing of the person's AWS settings is in it, and the tools find no other way to them: HOME is a private
 * folder (botocore reads `~/.boto` and `~/.aws/models` whatever the variables say), the two AWS files are empty, the instance's
 * metadata service is not asked.
 *
 * @param options.home A folder in the workspace that stands for the home folder.
 * @param options.bin The toolchain's folder of programs; first in PATH, but for those of the lab's own packages.
 * @param options.personEnv The person's own environment.
 * @param options.pip pip's settings for the lab's packages; they win over the person's.
 * @param options.npm npm's, where the lab has Node packages.
 */
export function sandboxEnvironment(options: {
  sandbox: SandboxFacts;
  home: string;
  bin: string;
  programs?: readonly string[];
  personEnv: Env;
  pip: Record<string, string>;
  npm?: Record<string, string>;
}): Record<string, string> {
  const { sandbox, home, bin, programs = [], personEnv, pip, npm = {} } = options;
  const proxies = { http_proxy: sandbox.proxy, https_proxy: sandbox.proxy, no_proxy: 'localhost,127.0.0.1,::1' };
  return {
    ...pickPersonal(personEnv),
    ...pickPip({ ...personEnv, ...pip }),
    ...npm,
    PATH: [...programs, bin, ...systemPath(personEnv)].join(path.delimiter),
    HOME: home,
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_REGION: sandbox.region,
    AWS_DEFAULT_REGION: sandbox.region,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    // Otherwise botocore looks into /etc/boto.cfg, too.
    BOTO_CONFIG: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...setVariables(keysEnvironment(sandbox.given)),
    ...proxies,
    ...Object.fromEntries(Object.entries(proxies).map(([name, value]) => [name.toUpperCase(), value])),
    ...(sandbox.bundle === undefined ? {} : trustBundle(sandbox.bundle)),
    NODE_USE_ENV_PROXY: '1',
    // Without it `chalice local` shows nothing while its output goes to a pipe.
    PYTHONUNBUFFERED: '1',
  };
}

const trustBundle = (bundle: string): Record<string, string> => ({
  ...Object.fromEntries(trustVariables.map((name) => [name, bundle])),
  // wget knows no variable for it, but for its settings file; the sandbox writes that beside the bundle.
  WGETRC: path.join(path.dirname(bundle), 'wgetrc'),
});

/** Variables of the person that tools want and that say nothing about AWS. */
export function pickPersonal(env: Env): Record<string, string> {
  return pickVariables(env, (name) => letIn.includes(name) || name.startsWith('LC_'));
}

function pickPip(env: Env): Record<string, string> {
  return pickVariables(env, (name) => name.startsWith('PIP_') && !pipLeftOut.has(name));
}

function pickVariables(env: Env, wanted: (name: string) => boolean): Record<string, string> {
  return setVariables(Object.fromEntries(Object.entries(env).filter(([name]) => wanted(name))));
}

const setVariables = (variables: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

/** The person's PATH without what lies in their home folder: version managers' shims there need the real HOME. */
function systemPath(env: Env): string[] {
  const home = env.HOME && env.HOME !== '/' ? env.HOME : undefined;
  const isOwn = (folder: string) => home !== undefined && (folder === home || folder.startsWith(`${home}/`));
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder) && !isOwn(folder));
  return [...new Set([...folders, '/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'])];
}
