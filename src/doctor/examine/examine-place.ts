/** Where labwalk runs, by the variables that each place sets, and what is special there. */
import { nothingFound } from '../../aws/credentials/found-credentials.ts';
import { detectPlace } from '../../aws/credentials/place.ts';
import type { Finding } from '../finding.ts';

type Env = Readonly<Record<string, string>>;

export function judgePlace(env: Env): Finding {
  const about = { id: 'place', name: 'Place', status: 'ok' } as const;
  switch (detectPlace(env, nothingFound)) {
    case 'cloud9':
      return {
        ...about,
        found: 'AWS Cloud9',
        why: 'Its own temporary keys may not make roles. In your account a lab asks for others; the sandbox needs none.',
      };
    case 'cloudshell':
      return {
        ...about,
        found: 'AWS CloudShell',
        why: 'The home folder holds 1 GB. After 20 minutes without a key the session ends; what is in the home folder stays, and so does your progress.',
      };
    default:
  }
  const special = places.find(({ is }) => is(env));
  return special
    ? { ...about, found: special.found, ...(special.why ? { why: special.why } : {}) }
    : { ...about, found: 'a plain terminal' };
}

const isVsCode = (env: Env) => env['TERM_PROGRAM'] === 'vscode';
const forwarded = "A lab's pages open in your browser through the view Ports.";

const places: { is(env: Env): boolean; found: string; why?: string }[] = [
  {
    is: (env) => env['CODESPACES'] === 'true',
    found: 'GitHub Codespaces',
    why: `It stops after 30 minutes of idleness; files stay. ${forwarded}`,
  },
  {
    is: (env) => env['GITPOD_WORKSPACE_ID'] !== undefined,
    found: 'Gitpod',
    why: `It stops when it is idle; only /workspace stays. ${forwarded}`,
  },
  {
    is: (env) => isVsCode(env) && ['SSH_CONNECTION', 'REMOTE_CONTAINERS', 'VSCODE_IPC_HOOK_CLI'].some((name) => env[name]),
    found: 'VS Code on another machine',
    why: forwarded,
  },
  { is: isVsCode, found: 'the terminal of VS Code' },
  {
    is: (env) => env['SSH_CONNECTION'] !== undefined,
    found: 'another machine, by ssh',
    why: "A lab's pages are on that machine: `ssh -L 8080:localhost:8080 …` brings a port to yours.",
  },
];
