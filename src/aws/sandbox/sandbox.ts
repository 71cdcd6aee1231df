/** The embedded AWS sandbox: the emulator's process, its proxy and its keys, as one thing that starts, is kept running, and stops. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Route } from '../../checks/check.ts';
import type { CloudHealth } from '../../engine/context/cloud.ts';
import { shippedFile } from '../../files/shipped-file.ts';
import { makeFamilyId } from '../../process/family-mark.ts';
import { routeRequest } from '../aws-hosts.ts';
import type { AwsKeys } from '../credentials/keys.ts';
import { readPackageIndex, type PackageIndex } from '../package-index.ts';
import { keepPort, readAccount } from './account.ts';
import { startLauncher, type LauncherConfiguration } from './launcher.ts';
import { refusal, startProxy } from './proxy.ts';
import { makeSandboxKeys, type KeysScenario, type SeededKey } from './seeded-keys.ts';
import { supervise, type Supervisor } from './supervise.ts';
import { tellDamagedState } from './tell-damage.ts';

export type { AwsKeys as Keys } from '../credentials/keys.ts';

export interface SandboxOptions {
  /** The toolchain's Python. */
  python: string;
  /** Where the account and what was deployed are kept: `<workspace>/.labwalk/sandbox`. */
  stateFolder: string;
  /** The one of the last time, or the workshop's, where not given. */
  region?: string;
  /** The person's environment: their proxies, pip's settings, certificates. Nothing about AWS is read from it. */
  upstreamEnv: Record<string, string | undefined>;
  /** What is the matter with the credentials that the learner is given; the usual one where not said. */
  scenario?: KeysScenario;
  /** Further keys that the emulator is to know. */
  seeded?: readonly SeededKey[];
  /** An administrator's keys, where they are not to be made up: those that an instructor will hand out, or a rehearsal's. */
  good?: AwsKeys;
  /** Stops the sandbox, also while it starts. */
  signal?: AbortSignal;
  /** Lines of the emulator's log, and hosts that the proxy refused. */
  onLog?: (line: string) => void;
}

export interface Sandbox {
  /** `http://127.0.0.1:40123` */
  endpoint: string;
  /** With its token, which is a secret: `http://labwalk:TOKEN@127.0.0.1:40124` */
  proxy: string;
  /** PEM file with the sandbox's authority and all that the machine trusts. */
  bundle: string;
  account: string;
  region: string;
  /** Of the emulator; another one after an outage. */
  readonly pid: number;
  /** Whether it runs. An emulator that dies or freezes is started again at the same addresses, with the same keys, certificate and state. */
  health: CloudHealth;
  /** What is to be told of its state, where that could not be read whole. */
  notices: string[];
  /** What the learner starts with. */
  given: AwsKeys;
  /** An administrator's keys, handed in where the lab asks for good ones. */
  good: AwsKeys;
  /** Texts that must never be seen. */
  secrets: string[];
  route(url: URL): Route;
  /** Saves, and ends every process of the sandbox. May be called again. */
  stop(): Promise<void>;
  save(): Promise<void>;
  /** Drops all that was made, in the state folder, too; what `refill` puts there is what there is then. The keys stay. */
  reload(refill: () => void): Promise<void>;
  /** Kinds and names of all that is there, whoever made it. */
  everything(): Promise<[kind: string, name: string][]>;
}

/**
 * Starts a sandbox on free ports of 127.0.0.1. Only one can have a state folder. Throws UserError, or the signal's reason.
 *
 *     const sandbox = await startSandbox({ python, stateFolder, upstreamEnv: env });
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { python, upstreamEnv: env, signal, onLog } = options;
  const stateFolder = path.resolve(options.stateFolder);
  const known = await readAccount(stateFolder, options.region);
  const { account, region } = known;
  const keys = makeSandboxKeys(account, options.scenario, Date.now(), options.good);
  const caFiles = certificateFiles(env);
  // pip is asked while the emulator starts.
  const asking = readPackageIndex(python, shippedFile('sandbox', 'package_index.py'), pickVariables(env, isForPip), signal).catch(
    (): PackageIndex => ({ hosts: [] }),
  );
  const [began, family] = [Date.now(), makeFamilyId()];
  const start = (place: Pick<LauncherConfiguration, 'port' | 'again'>, abort?: AbortSignal) =>
    startLauncher({
      python,
      script: shippedFile('sandbox', 'launcher.py'),
      configuration: {
        region,
        account,
        ...place,
        state: path.join(stateFolder, 'state'),
        ca_files: caFiles,
        hosts: previewHosts(env),
        family,
        credentials: [...keys.seeded, ...(options.seeded ?? [])].map((key) => agedKey(key, Date.now() - began)),
        delete_every: options.scenario === 'delete-throttled' ? secondsBetweenDeletions : 0,
      },
      env: pickVariables(env, isForLauncher),
      ...(abort ? { signal: abort } : {}),
      ...(onLog ? { onLog } : {}),
    });
  const first = await start(known.port ? { port: known.port } : {}, signal);
  const { port, folder, certificates } = first.ready;
  let supervisor: Supervisor | undefined;
  try {
    if (!certificates) throw new Error('the launcher made no certificates');
    await keepPort(stateFolder, known, port);
    const index = await asking;
    await trustAlso(certificates.bundle, index.certificates, caFiles);
    const token = randomBytes(16).toString('hex');
    const proxy = await startProxy({
      emulator: port,
      token,
      certificate: certificates.certificate,
      key: certificates.key,
      allowed: index.hosts,
      env,
      onRefused: (host) => onLog?.(refusal(host)),
    });
    const running = supervise(first, async (abort) => {
      await markAsUsed(folder);
      return start({ again: { port, folder } }, abort);
    });
    supervisor = running;
    const stop = async () => {
      signal?.removeEventListener('abort', abort);
      await running.stop();
      await proxy.close();
    };
    const abort = () => void stop();
    signal?.addEventListener('abort', abort, { once: true });
    signal?.throwIfAborted();
    return {
      endpoint: `http://127.0.0.1:${port}`,
      proxy: proxy.address,
      bundle: certificates.bundle,
      account,
      region,
      get pid() {
        return running.last.pid;
      },
      health: running,
      notices: [tellDamagedState(first.ready.damaged)].filter((text) => text !== undefined),
      given: keys.given,
      good: keys.good,
      secrets: [token, ...[keys.given, keys.good].flatMap((each) => [each.secretAccessKey, each.sessionToken ?? ''])].filter(Boolean),
      route: (url) => routeRequest(url, port),
      stop,
      save: () => running.use((launcher) => launcher.save()),
      reload: (refill) => running.use((launcher) => launcher.reload(refill)),
      everything: () => running.use((launcher) => launcher.inventory()),
    };
  } catch (error) {
    await (supervisor ? supervisor.stop() : first.end());
    throw error;
  }
}

/** A temporary key goes on to age while the emulator is started anew. */
const agedKey = (key: SeededKey, ms: number): SeededKey =>
  key.expires_in === undefined ? key : { ...key, expires_in: key.expires_in - ms / 1000 };

/** Other launchers remove folders that nobody has locked for some seconds: this one is about to be locked again. */
async function markAsUsed(folder: string): Promise<void> {
  const now = new Date();
  await fs.utimes(folder, now, now).catch(() => undefined);
}

/** API Gateway's quota: one in 30 seconds, for all of an account. */
const secondsBetweenDeletions = 30;

const isForLauncher = (name: string) => ['PATH', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ'].includes(name);
const isForPip = (name: string) => isForLauncher(name) || name === 'HOME' || name.startsWith('PIP_') || name.startsWith('XDG_CONFIG_');

function pickVariables(env: Record<string, string | undefined>, wanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && wanted(entry[0])));
}

/** Files with authorities that this person trusts: behind a company's proxy the package index has that company's certificate. */
function certificateFiles(env: Record<string, string | undefined>): string[] {
  const names = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'PIP_CERT', 'NODE_EXTRA_CA_CERTS', 'AWS_CA_BUNDLE'];
  return [...new Set(names.map((name) => env[name] ?? '').filter(Boolean))];
}

/** Adds the file that pip's configuration names to the bundle, unless it is in it. */
async function trustAlso(bundle: string, file: string | undefined, known: string[]): Promise<void> {
  if (!file || known.includes(file)) return;
  const certificates = await fs.readFile(file, 'utf8').catch(() => '');
  await fs.appendFile(bundle, certificates);
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Names by which this machine's editor shows what listens on a port, as the editor tells them in its terminals; `.example.com` stands for all below it.
 * Those of the well-known cloud IDEs are in sandbox/hosts.py.
 *
 * - `VSCODE_PROXY_URI` of code-server and Coder: `https://ide.example.com/proxy/{{port}}/` or `https://{{port}}.ide.example.com/`
 * - `GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN`: another one than `app.github.dev` at companies
 * - `WEB_HOST` of Google Cloud Workstations with a domain of their own: `NAME.CLUSTER.example.com`, before which the port comes
 */
export function previewHosts(env: Env): string[] {
  const { VSCODE_PROXY_URI: proxy, GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: codespaces, WEB_HOST: workstation } = env;
  return [hostOfTemplate(proxy), below(codespaces), below(workstation?.replace(/^[^.]*/, ''))].filter((host) => host !== undefined);
}

/** A placeholder in the host stands for one label or a part of it. */
function hostOfTemplate(template: string | undefined): string | undefined {
  const host = /^https?:\/\/([^/]+)/.exec(template ?? '')?.[1]?.replace(/:\d+$/, '');
  if (host === undefined) return undefined;
  return host.includes('{{') ? below(host.slice(host.lastIndexOf('}}')).replace(/^[^.]*/, '')) : host;
}

/** A domain of at least two labels: a top-level domain alone would let in everybody. */
function below(domain: string | undefined): string | undefined {
  const name = domain?.replace(/^\.+/, '') ?? '';
  return /^[\w-]+(\.[\w-]+)+$/.test(name) ? `.${name}` : undefined;
}
