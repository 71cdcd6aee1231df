/** A lab with packages of its own, through the built program: told, fetched, on PATH for this lab alone, and looked at by `doctor`. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { doctorSchema } from '../../src/doctor/json-schema.ts';
import { ensureToolchain, toolchainFolder } from '../../toolchain/toolchain.mjs';
import { fence, labwalk, makeFolder, makeLab } from './program.ts';

test('a lab has its packages, and no other lab has them', async () => {
  await ensureToolchain({ env: process.env });
  const env = { XDG_CACHE_HOME: path.join(makeFolder(), 'cache') };
  const toolchain = toolchainFolder({ ...process.env, ...env });
  fs.mkdirSync(path.dirname(toolchain), { recursive: true });
  fs.symlinkSync(toolchainFolder(process.env), toolchain);

  const steps = `### One\n\n${fence('sh run', 'command -v semver && semver 1.2.3 -i major')}${fence('yaml check', '- output: { contains: [/lab-, 2.0.0] }')}`;
  const front = 'packages: { folder: packages, megabytes: 1 }\n';
  const manifest = '{"name":"lab","private":true,"dependencies":{"semver":"7.7.3"}}';
  const { file, workspace } = makeLab({ steps, front, files: { 'packages/package.json': manifest } });
  const without = makeLab({ steps });

  const early = await labwalk(['lint', file], { env });
  expect(early.code).toBe(2);
  expect(early.stdout).toContain('lab.md:5:21: the folder packages has no package-lock.json.');
  const lock = ['install', '--package-lock-only', '--ignore-scripts', '--no-audit'];
  execFileSync('npm', lock, { cwd: path.join(path.dirname(file), 'packages'), stdio: 'ignore' });
  expect(await labwalk(['lint', file], { env })).toMatchObject({ code: 0 });

  const look = async () => {
    const { stdout } = await labwalk(['doctor', file, '--json'], { env });
    return doctorSchema.parse(JSON.parse(stdout)).findings.find(({ id }) => id === 'packages-trial')?.found;
  };
  expect(await look()).toBe('not fetched yet; its first start does that, about 1 MB');
  const first = await labwalk(['run', file, '--workspace', workspace], { env });
  expect(first.code).toBe(0);
  expect(first.stderr).toContain('Fetching the packages of trial, about 1 MB, for all workspaces');
  expect(await look()).toBe('there');
  const second = await labwalk(['run', file, '--workspace', makeFolder()], { env });
  expect(second.code).toBe(0);
  expect(second.stderr).not.toContain('Fetching');
  expect(await labwalk(['run', without.file, '--workspace', without.workspace], { env })).toMatchObject({ code: 1 });
});
