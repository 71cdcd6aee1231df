/** The Python toolchain for tests that need it: made once for the machine, as labwalk itself does. */

export interface TestToolchain {
  python: string;
  /** For the lab's PATH: `python3` and `aws`. */
  bin: string;
  /** Settings of the lab's own pip. */
  pip: Record<string, string>;
}

let found: Promise<TestToolchain> | undefined;

/** LABWALK_TEST_PYTHON and LABWALK_TEST_BIN name one that is there; otherwise labwalk's own is opened, and made where it is missing. */
export function toolchain(): Promise<TestToolchain> {
  return (found ??= openToolchain());
}

async function openToolchain(): Promise<TestToolchain> {
  const { LABWALK_TEST_PYTHON: python, LABWALK_TEST_BIN: bin } = process.env;
  if (python && bin) return { python, bin, pip: {} };
  const { ensureToolchain } = await import('../../toolchain/toolchain.mjs');
  return ensureToolchain({ env: process.env, onProgress: () => {} });
}
