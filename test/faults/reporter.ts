/** Writes `docs/reliability.md` from a run of all faults, and holds a run of some of them to what stands there. */
import fs from 'node:fs';
import path from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { format } from 'prettier';

const file = path.resolve(import.meta.dirname, '../../docs/reliability.md');

interface Row {
  area: string;
  what: string;
  promise: string;
  slow: boolean;
  state: 'passed' | 'failed' | 'skipped' | 'pending';
}

/** Without a filter, all faults were run, and the table is theirs. */
export function createFaultsReporter({ isComplete }: { isComplete: boolean }): Reporter {
  return {
    async onTestRunEnd(modules: readonly TestModule[]) {
      const rows = modules.flatMap(rowsOf);
      const count = (state: Row['state']) => rows.filter((row) => row.state === state).length;
      process.stdout.write(`${rows.length} faults: ${count('passed')} kept, ${count('failed')} broken, ${count('skipped')} not run\n`);
      if (isComplete) fs.writeFileSync(file, await format(tableOf(rows), { parser: 'markdown', printWidth: 140 }));
      else holdToTable(rows);
    },
  };
}

function rowsOf(module: TestModule): Row[] {
  return [...module.children.allTests()].flatMap((each) => {
    const { fault } = each.meta();
    if (!fault) return [];
    const area = each.parent.type === 'suite' ? each.parent.name : '';
    return [{ area, what: each.name, promise: fault.promise, slow: fault.slow ?? false, state: each.result().state }];
  });
}

const marks: Record<Row['state'], string> = { passed: 'yes', failed: '**no**', skipped: 'not run', pending: 'not run' };

function tableOf(rows: readonly Row[]): string {
  const areas = [...new Set(rows.map(({ area }) => area))].sort();
  const passed = rows.filter(({ state }) => state === 'passed').length;
  const sections = areas.map((area) => {
    const lines = rows
      .filter((row) => row.area === area)
      .map(({ what, promise, slow, state }) => `| ${what} | ${promise} | ${marks[state]} | ${slow ? '' : 'yes'} |`);
    return `## ${area}\n\n| What goes wrong | What labwalk does | Kept | In each CI run |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`;
  });
  return `# What labwalk promises on a bad day

Written by \`npm run faults\`, which brings each of these faults about with real disks, processes, terminals and neighbours, and looks whether labwalk keeps its
promise: ${passed} of ${rows.length} kept.

${sections.join('\n')}`;
}

/** A promise that nobody can read is none. */
function holdToTable(rows: readonly Row[]): void {
  const table = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').replaceAll(/[ |]+/g, ' ') : '';
  const missing = rows.filter(({ what, promise }) => !table.includes(`${what} ${promise}`.replaceAll(/[ |]+/g, ' ')));
  if (missing.length === 0) return;
  process.stdout.write(
    `docs/reliability.md lacks these; \`npm run faults\` writes it:\n${missing.map(({ what }) => `  ${what}\n`).join('')}`,
  );
  process.exitCode = 1;
}
