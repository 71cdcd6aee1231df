import type { Finding } from '../finding.ts';
import type { NetworkAnswer } from '../machine.ts';

export interface RegistryWords {
  id: string;
  name: string;
  /** What asks it: `pip`. */
  tool: string;
  /** Why it is wanted, in a sentence. */
  use: string;
  /** No lab can run without it. */
  needed: boolean;
  /** How a person tells the tool of another one. */
  setting: string;
}

/** Nothing where there is no tool to ask: that is a finding of its own. */
export function judgeRegistry(words: RegistryWords, { settings, reached }: NetworkAnswer<{ address?: string }>): Finding[] {
  const { id, name, tool, use, needed, setting } = words;
  if (!settings) return [];
  if (!reached) return [{ id, name, status: 'ok', found: `${tool} is set to use none` }];
  const { host, proxy, status, problem } = reached;
  const found = proxy ? `${host} through the proxy ${proxy}` : host;
  const bad = needed ? 'missing' : 'warning';
  if (status === undefined) {
    return [{ id, name, status: bad, found, why: `It does not answer (${problem}). ${use}`, fix: fixFor(words, problem, proxy) }];
  }
  if (status < 400 || status === 401 || status === 404) {
    return [{ id, name, status: 'ok', found: status === 401 ? `${found}, which asks for a login` : found }];
  }
  return [{ id, name, status: 'warning', found, why: `It answers ${status}. ${use}`, fix: `Look whether ${setting} is right.` }];
}

const certificateProblems = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/;

function fixFor({ setting }: RegistryWords, problem = '', proxy: string | undefined): string {
  if (certificateProblems.test(problem)) return "Set NODE_EXTRA_CA_CERTS and PIP_CERT to the file with your network's certificate.";
  if (proxy) return 'Look whether the proxy runs and its address is right, or unset the proxy variables.';
  return `Look at this machine's network; where it has a registry of its own, name it with ${setting}.`;
}
