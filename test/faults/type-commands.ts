/**
 * Types commands into a terminal of its own and looks whether each was done once and told truly: `tsx type-commands.ts FOLDER COUNT`. Prints what it
 * found as JSON. A program of its own, so that several type at the same time.
 */
import fs from 'node:fs';
import path from 'node:path';
import { openTerminal } from '../../src/terminal/terminal.ts';

export interface Typed {
  /** Commands that were told as something else than what they did: status, output or directory. */
  lies: string[];
  /** Commands that took longer than the longest that a quiet machine needs, with room for a busy one. */
  hangs: string[];
  /** Numbers that were not written exactly once, in their order. */
  misdone: string[];
  restarts: number;
}

/** No command here takes a tenth of a second of work. */
const hangMs = 60_000;

const [folder = '', count = '0'] = process.argv.slice(2);
const log = path.join(folder, 'log');
fs.mkdirSync(path.join(folder, 'a'), { recursive: true });
fs.mkdirSync(path.join(folder, 'b'), { recursive: true });
fs.writeFileSync(log, '');

const typed: Typed = { lies: [], hangs: [], misdone: [], restarts: 0 };
const terminal = await openTerminal({ directory: folder, env: { PATH: process.env['PATH'] ?? '', HOME: folder } });
terminal.on(({ type }) => void (typed.restarts += type === 'restart' ? 1 : 0));
for (let i = 1; i <= Number(count); i++) {
  const [directory, status] = [path.join(folder, i % 2 === 0 ? 'a' : 'b'), i % 7];
  const began = performance.now();
  const told = await terminal.run(`cd ${directory}; echo ${i} >> ${log}; /bin/echo n${i}; (exit ${status})`, { timeout: hangMs });
  if (performance.now() - began > hangMs) typed.hangs.push(`${i}`);
  const isTrue = told.status === status && told.output.trim() === `n${i}` && terminal.directory === directory;
  if (!isTrue) typed.lies.push(`${i}: ${told.status} ${told.ended} ${terminal.directory} ${JSON.stringify(told.output)}`);
}
await terminal.close();
const done = fs.readFileSync(log, 'utf8').trimEnd().split('\n');
for (let i = 1; i <= Math.max(Number(count), done.length); i++) if (done[i - 1] !== String(i)) typed.misdone.push(`${i}: ${done[i - 1]}`);
process.stdout.write(JSON.stringify(typed));
process.exit(0);
