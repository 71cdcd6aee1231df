/**
 * How fast labwalk is, as ratios within one run: each against a plain shell script, or against Node itself.
 * `npm run bench` does all and writes bench/results.json; `npm run bench -- parse list` only those, and writes nothing.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { benchmarks } from './benchmarks.ts';

const wanted = process.argv.slice(2);
const root = path.resolve(import.meta.dirname, '..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-bench-'));
const results: Record<string, unknown> = {};
let missed = 0;
try {
  for (const { name, about, limit, measure } of benchmarks) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const result = await measure({ root, folder });
    const good = result.figure <= limit;
    if (!good) missed++;
    results[name] = { about, limit, good, ...result };
    process.stdout.write(
      `${good ? 'good  ' : 'MISSED'} ${name}: ${result.figure} (at most ${limit}): ${about}\n       ${JSON.stringify(result.details)}\n`,
    );
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
if (wanted.length === 0) {
  const machine = {
    cpu: os.cpus()[0]?.model,
    cores: os.cpus().length,
    node: process.version,
    platform: `${os.platform()} ${os.release()}`,
  };
  fs.writeFileSync(
    path.join(root, 'bench/results.json'),
    `${JSON.stringify({ date: new Date().toISOString(), machine, results }, null, 2)}\n`,
  );
}
process.exitCode = missed === 0 ? 0 : 1;
