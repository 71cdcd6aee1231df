/** The lab about the Serverless Framework as an instructor verifies it; and that it is osls that it brings, and nothing that wants a licence. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { labToolchainFolder } from '../../../toolchain/lab-toolchain.mjs';
import { root } from '../../e2e/program.ts';
import { titlesOf, verifiedLab } from './verified-lab.ts';

test('labwalk verify serverless', async () => {
  const lab = await verifiedLab('serverless');
  expect(lab.steps.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['install', 'run-locally', 'deploy-refused', 'deploy', 'call-api', 'logs', 'redeploy', 'delete']),
  );
  // the checks of the users API are the flagship's: on this machine and deployed
  expect(titlesOf(lab).filter((title) => title === 'Whatever its keys are, and however deep it goes')).toHaveLength(2);

  const modules = path.join(labToolchainFolder(path.join(root, 'labs/serverless/packages'), process.env), 'node_modules');
  const nameOf = (folder: string) => (JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { name: string }).name;
  // serverless-offline wants a package `serverless`: it gets osls under that name
  expect(nameOf(path.join(modules, 'serverless-offline'))).toBe('serverless-offline');
  expect(nameOf(path.join(modules, 'serverless'))).toBe('osls');
  expect(fs.existsSync(path.join(modules, '@serverless'))).toBe(false);
});
