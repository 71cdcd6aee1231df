import fs from 'node:fs';
import path from 'node:path';
import { identify } from '../../src/process/liveness.ts';
import { fence, makeFolder, makeLab } from '../e2e/program.ts';

/** Folders of terminals of this PID namespace. */
export const runtimeFolders = (root = '/dev/shm') =>
  fs.readdirSync(root).filter((name) => name.startsWith(`labwalk-${identify().namespace}-`) && !name.endsWith('.sock'));

/** A lab that waits for a file, does one thing more, and counts what it has done. */
export function makeWaitingLab() {
  const gate = path.join(makeFolder(), 'gate');
  const steps = `### Wait\n\n${fence('sh run', `echo first >> done.txt\nuntil [ -e ${gate} ]; do sleep 0.05; done\necho second >> done.txt`)}${fence(
    'sh run',
    'echo third >> done.txt',
  )}${fence('yaml check', '- file: { path: done.txt, contains: third }')}`;
  return { gate, ...makeLab({ steps }) };
}
