import { pickPersonal } from './sandbox/environment.ts';

/** What lets tools reach the network as the person's other programs do. */
const network =
  /^(https?|no|all)_proxy$|^(SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|GIT_SSL_CAINFO)$|^PIP_/i;

/**
 * The environment of a lab that needs nothing of AWS: from the same list of what is let in as the sandbox's, with the person's own PATH and
 * network settings. Nothing says who they are at AWS, and HOME is the workspace's.
 */
export function localEnvironment(personEnv: Readonly<Record<string, string>>, home: string): Record<string, string> {
  const own = Object.entries(personEnv).filter(([name]) => network.test(name));
  return { ...pickPersonal(personEnv), ...Object.fromEntries(own), PATH: personEnv['PATH'] ?? '/usr/local/bin:/usr/bin:/bin', HOME: home };
}
