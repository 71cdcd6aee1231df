import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findDamagedTools } from '../../src/engine/failures/explain-failure.ts';
import { findPython } from '../../toolchain/python.mjs';
import { ensureToolchain, type Toolchain } from '../../src/toolchain/toolchain.ts';

/** A cache of its own, so that the toolchain is really made: with the packages from the index, in a folder with a space. */
const folder = mkdtempSync(path.join(tmpdir(), 'labwalk test-'));
const env = { ...process.env, XDG_CACHE_HOME: path.join(folder, 'cache') };
let toolchain: Toolchain;

beforeAll(async () => {
  toolchain = await ensureToolchain({ env });
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command as the lab's terminal would run it. */
async function runInLab(command: string) {
  const labEnv = { ...process.env, ...toolchain.pip, PATH: `${toolchain.bin}:/usr/bin:/bin`, HOME: path.join(folder, 'home') };
  const { all } = await execa('bash', ['-ec', command], { env: labEnv, extendEnv: false, cwd: folder, all: true, stdin: 'ignore' });
  return all;
}

/** A wheel at hand, by its package. */
function wheelOf(name: string): string {
  const wheels = path.join(toolchain.folder, 'wheels');
  return path.join(wheels, readdirSync(wheels).find((file) => file.startsWith(`${name}-`)) ?? name);
}

describe('the tools', () => {
  test('what the sandbox needs is there, and nothing that a learner installs', async () => {
    await execa(toolchain.python, ['-c', 'import ministack, boto3, trustme, cryptography, hypercorn, awscli']);
    await expect(execa(toolchain.python, ['-c', 'import chalice'])).rejects.toThrow('No module named');
    expect(await runInLab('command -v chalice http || echo neither')).toBe('neither');
    expect(await runInLab('aws --version')).toMatch(/^aws-cli\//);
  });

  test("the lab's python3 is the machine's own, so that a virtual environment knows nothing of labwalk's packages", async () => {
    const { found } = await findPython(env);
    expect(await runInLab('python3 -c "import sys; print(sys.executable)"')).toBe(found?.executable);
  });
});

describe("the lab's own pip", () => {
  beforeAll(async () => {
    await runInLab('python3 -m venv .venv');
  }, 120_000);

  test('installs chalice and httpie of the versions that the labs were written for, from the wheels at hand', async () => {
    const output = await runInLab('. .venv/bin/activate; pip install chalice httpie; pip check; chalice --version; http --version');
    // Long names are wrapped nowhere: pip prints to a pipe here.
    const used = [...output.matchAll(/^Processing (\S.*\.whl)/gm)].map(([, file]) => file);
    expect(used.length).toBeGreaterThan(20);
    expect(output).not.toMatch(/^ +Downloading/m);
    expect(output).toContain('No broken requirements found.');
    expect(output).toMatch(/^chalice 1\.34\.0,/m);
    expect(output).toMatch(/^3\.2\.4$/m);
    expect(output).not.toMatch(/WARNING|new release|upgrade/i);
  });

  test.each([
    ['was damaged', (wheel: Buffer) => Buffer.concat([wheel.subarray(0, 5000), Buffer.alloc(100), wheel.subarray(5100)])],
    ['was exchanged for another one', () => readFileSync(wheelOf('six'))],
  ])('refuses a wheel of the cache that %s', async (_, change) => {
    const file = wheelOf('jmespath');
    const good = readFileSync(file);
    onTestFinished(() => writeFileSync(file, good));
    writeFileSync(file, change(good));
    const output = await runInLab('python3 -m venv other; other/bin/pip install jmespath || echo "status $?"; other/bin/pip freeze');
    expect(output).toMatch(/Expected sha256[^]*status 1$/);
    expect(findDamagedTools(output)).toMatchObject({ signature: 'damaged-package', what: expect.stringContaining('jmespath') as string });
  });

  test('writes plain versions into a frozen list', async () => {
    expect(await runInLab('.venv/bin/pip freeze')).toMatch(/^chalice==1\.34\.0$/m);
  });

  test('gets any other package from the index', async () => {
    expect(await runInLab('.venv/bin/pip install --disable-pip-version-check itsdangerous')).toContain(
      'Successfully installed itsdangerous-',
    );
  });
});
