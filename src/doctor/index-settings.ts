import { readPackageIndex } from '../aws/package-index.ts';
import { shippedFile } from '../files/shipped-file.ts';
import { cleanPythonEnv, readPipConfig, type PythonSearch } from '../toolchain/toolchain.ts';

/** Where pip would get packages from. */
export interface IndexSettings {
  /** Without user and password; not there where it was told to use none. */
  address?: string;
  /** A proxy of pip's own. May hold a password: never show it. */
  proxy?: string;
  /** A file of certificates. */
  certificates?: string;
}

/** Asks the pip that this Python brings. Undefined where nobody can say. */
export async function askForIndex(
  python: PythonSearch['found'],
  env: Readonly<Record<string, string>>,
): Promise<IndexSettings | undefined> {
  if (!python) return undefined;
  const own = cleanPythonEnv(env) as Record<string, string>;
  const { index, certificates } = await readPackageIndex(python.executable, shippedFile('sandbox', 'package_index.py'), own);
  const pip = readPipConfig(env);
  // a pip that is broken, or whose files are, says nothing
  if (index === undefined && pip['no-index'] === undefined) return undefined;
  const trusted = certificates ?? env['REQUESTS_CA_BUNDLE'] ?? env['SSL_CERT_FILE'];
  return {
    ...(index === undefined ? {} : { address: index }),
    ...(pip['proxy'] ? { proxy: pip['proxy'] } : {}),
    ...(trusted ? { certificates: trusted } : {}),
  };
}
