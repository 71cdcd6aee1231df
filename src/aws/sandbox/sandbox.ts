/** The embedded AWS sandbox: the emulator's process, its proxy and its keys, as one thing that starts and stops. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Route } from '../../checks/check.ts';
import { shippedFile } from '../../files/shipped-file.ts';
import { routeRequest } from '../aws-hosts.ts';
import type { Keys } from '../keys.ts';
import { readPackageIndex } from '../package-index.ts';
import type { PackageIndex } from '../package-index.ts';
import { refusal, startProxy } from './proxy.ts';
import { keepPort, readAccount } from './account.ts';
import { makeSandboxKeys } from './seeded-keys.ts';
import type { KeysScenario, SeededKey } from './seeded-keys.ts';
import { startLauncher } from './launcher.ts';
import type { Exit } from './launcher.ts';

export type { Keys } from '../keys.ts';

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
  good?: Keys;
  /** Stops the sandbox, also while it starts. */
  signal?: AbortSignal;
  /** Lines of the emulator's log, and hosts that the proxy refused. */
  onLog?: (line: string) => void;
}

export interface Sandbox {
  /** `http://127.0.0.1:40123` */
  endpoint: string;
  /** `http://127.0.0.1:40124` */
  proxy: string;
  /** PEM file with the sandbox's authority and all that the machine trusts. */
  bundle: string;
  account: string;
  region: string;
  pid: number;
  /** What the learner starts with. */
  given: Keys;
  /** An administrator's keys, handed in where the lab asks for good ones. */
  good: Keys;
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
  /** Calls back when it has ended; `wanted` is false when it died by itself. */
  onExit(callback: (exit: Exit & { wanted: boolean }) => void): void;
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
  const launcher = await startLauncher({
    python,
    script: shippedFile('sandbox', 'launcher.py'),
    configuration: {
      region,
      account,
      ...(known.port ? { port: known.port } : {}),
      state: path.join(stateFolder, 'state'),
      ca_files: caFiles,
      credentials: [...keys.seeded, ...(options.seeded ?? [])],
      delete_every: options.scenario === 'delete-throttled' ? secondsBetweenDeletions : 0,
    },
    env: pickVariables(env, isForLauncher),
    ...(signal ? { signal } : {}),
    ...(onLog ? { onLog } : {}),
  });
  const { ready } = launcher;
  let wanted = false;
  try {
    await keepPort(stateFolder, known, ready.port);
    const index = await asking;
    await trustAlso(ready.bundle, index.certificates, caFiles);
    const proxy = await startProxy({
      emulator: ready.port,
      certificate: ready.certificate,
      key: ready.key,
      allowed: index.hosts,
      env,
      onRefused: (host) => onLog?.(refusal(host)),
    });
    void launcher.exited.then(() => proxy.close());
    const stop = async () => {
      wanted = true;
      await launcher.end();
      await proxy.close();
    };
    const abort = () => void stop();
    signal?.addEventListener('abort', abort, { once: true });
    void launcher.exited.then(() => signal?.removeEventListener('abort', abort));
    signal?.throwIfAborted();
    return {
      endpoint: `http://127.0.0.1:${ready.port}`,
      proxy: proxy.address,
      bundle: ready.bundle,
      account,
      region,
      pid: launcher.pid,
      given: keys.given,
      good: keys.good,
      secrets: [keys.given, keys.good].flatMap((each) => [each.secretAccessKey, each.sessionToken ?? '']).filter(Boolean),
      route: (url) => routeRequest(url, ready.port),
      stop,
      save: launcher.save,
      reload: launcher.reload,
      everything: launcher.inventory,
      onExit: (callback) => void launcher.exited.then((exit) => callback({ ...exit, wanted })),
    };
  } catch (error) {
    await launcher.end();
    throw error;
  }
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
