/** `labwalk lint --update REPORT`: a lab's text shows again what its commands print, once its author has seen each difference. */
import fs from 'node:fs';
import path from 'node:path';
import type { Arguments } from '../../command-line.ts';
import { exitCode, UsageError, type ExitCode } from '../../errors.ts';
import { refused } from '../../files/refused.ts';
import { writeWholeFile } from '../../files/write-whole.ts';
import { replaceFence } from '../../lab/replace-fence.ts';
import { createLook } from '../../report/look.ts';
import { clean } from '../../report/text/text-lines.ts';
import type { Drift, VerifiedLab } from '../../verify/report/schema.ts';
import { askForAnswer } from '../../session/ask-at-terminal.ts';
import { findLab } from '../../session/labs/find-lab.ts';
import type { Io } from '../../session/io.ts';
import { readReport } from '../verify/reports.ts';

/** An output that has drifted, in the file that shows it. */
interface Drifted {
  /** Absolute path. */
  file: string;
  drift: Drift;
}

type Answer = 'yes' | 'no' | 'all' | 'quit';

/** 0: nothing is left to take; 1: something was not taken. */
export async function updateOutputs(report: string, { words, yes }: Arguments, io: Io): Promise<ExitCode> {
  const { labs } = readReport(report, io);
  const wanted = words.map((word) => findLab(word, io.root, io.cwd));
  const chosen = labs.filter(({ lab }) => wanted.length === 0 || wanted.some(({ name }) => name === lab));
  const seen = chosen.flatMap((lab) => driftedOf(lab, io));
  // machines that have verified the same lab may each have seen it, and so may steps that include the same text: the first counts
  const all = [...new Map(seen.reverse().map((one) => [`${one.file}:${one.drift.place.line}`, one])).values()];
  if (all.length === 0) {
    io.out.write('No output has drifted.\n');
    return exitCode.good;
  }
  let answer: Answer = yes ? 'all' : 'no';
  let left = 0;
  // from the last line up, so that places stay right
  for (const one of all.sort((a, b) => a.file.localeCompare(b.file) || b.drift.place.line - a.drift.place.line)) {
    show(one, io);
    if (answer !== 'all' && answer !== 'quit') answer = io.terminal.isThere ? await ask(io) : 'quit';
    if (answer === 'yes' || answer === 'all') take(one, io);
    else left++;
  }
  const taken = all.length - left;
  io.out.write(`${taken} taken, ${left} left.${left > 0 && !io.terminal.isThere ? ' With --yes all are taken.' : ''}\n`);
  return left === 0 ? exitCode.good : exitCode.failed;
}

function driftedOf({ lab, file, steps }: VerifiedLab, io: Io): Drifted[] {
  const drifts = steps.flatMap(({ drift }) => drift);
  if (drifts.length === 0) return [];
  const given = path.resolve(io.cwd, file);
  const labFile = fs.existsSync(given) ? given : findLab(lab, io.root, io.cwd).file;
  return drifts.map((drift) => ({ file: path.resolve(path.dirname(labFile), drift.place.file), drift }));
}

function show({ file, drift }: Drifted, { out, cwd }: Io): void {
  const { red, green } = createLook(out);
  const paint = { '-': red, '+': green, ' ': (text: string) => text };
  const lines = drift.lines.map(({ mark, text }) => `  ${paint[mark](`${mark} ${clean(text)}`)}`);
  out.write(`${path.relative(cwd, file)}:${drift.place.line}  ${clean(drift.command).replaceAll('\n', '; ')}\n${lines.join('\n')}\n`);
}

const answers: Record<string, Answer> = { y: 'yes', yes: 'yes', n: 'no', no: 'no', a: 'all', all: 'all', q: 'quit', quit: 'quit' };

/** What ends the input ends the questions. */
const ask = (io: Io): Promise<Answer> => askForAnswer<Answer>('Take what came? y: yes. n: no. a: all. q: quit > ', answers, 'quit', io);

function take({ file, drift }: Drifted, { cwd }: Io): void {
  const text = drift.lines.filter(({ mark }) => mark !== '-').map((line) => line.text);
  const changed = replaceFence(fs.readFileSync(file, 'utf8'), drift.place.line, drift.expected, text.join('\n'));
  if (changed === undefined)
    throw new UsageError(
      `${path.relative(cwd, file)}:${drift.place.line} is not what the report has seen: the file has changed since.`,
      'Verify the lab again, and update with the new report.',
    );
  try {
    writeWholeFile(file, changed);
  } catch (error) {
    throw refused(`${path.relative(cwd, file)} can't be written`, file, error);
  }
}
