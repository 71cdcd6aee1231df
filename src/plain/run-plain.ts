/** The walk line by line: for screen readers and for terminals that can't move their cursor. Says everything in words. */
import { exitCode, UserError, type ExitCode } from '../errors.ts';
import { createLineInput, type LineInput } from './line-input.ts';
import { createPlainLearner } from './plain-learner.ts';
import type { ListedCard, PlainOptions } from './plain-options.ts';
import { createPrinter, type Printer } from './printer.ts';
import { walkPlainly } from './walk-plainly.ts';

/** Resolves when the learner has left. What was opened is closed then. */
export async function runPlain({ labs, lab, open, io }: PlainOptions): Promise<ExitCode> {
  const printer = createPrinter(io.out);
  const input = createLineInput(io.terminal.stdin);
  const { soft: signal } = io.interrupts();
  const learner = createPlainLearner({ input, printer, env: io.env });
  const tell = (text: string) => printer.say(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
  const leave = () => input.close();
  signal.addEventListener('abort', leave);
  // Where a lab is being opened, Ctrl-C ends the program.
  const giveBack = io.takeCtrlC(() => void (input.interrupt() || input.close()));
  try {
    let again: string | undefined;
    for (;;) {
      const name: string | undefined = again ?? lab ?? (await chooseLab(labs, input, printer));
      again = undefined;
      if (name === undefined) return exitCode.good;
      try {
        const walk = await open(name, learner, tell);
        if (walk && !signal.aborted) {
          const leave = await walkPlainly(walk, {
            input,
            printer,
            learner,
            now: io.now,
            takeCtrlC: io.takeCtrlC,
            insist: io.insist,
            signal,
          });
          if (!leave) return exitCode.good;
          again = name;
          printer.say((await leave(tell)).text);
          continue;
        }
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        printer.say(error.message);
        // What could not be moved is where it was.
        if (again !== undefined) continue;
        if (lab !== undefined) return error.exitCode;
      }
      if (lab !== undefined || signal.aborted) return exitCode.good;
    }
  } finally {
    giveBack();
    signal.removeEventListener('abort', leave);
    printer.endStream();
    input.close();
  }
}

async function chooseLab(labs: readonly ListedCard[], input: LineInput, printer: Printer): Promise<string | undefined> {
  printer.say(labs.length === 1 ? 'There is one lab.' : `There are ${labs.length} labs.`);
  labs.forEach((card, i) => printer.say(`${i + 1}: ${card.title}, ${card.duration} minutes. ${progressIn(card)} ${card.summary}`));
  for (;;) {
    printer.ask(() => `A number from 1 to ${labs.length}, Enter for 1, or q to quit > `);
    const line = await input.line();
    printer.answered(input.isTerminal && typeof line !== 'string');
    if (typeof line === 'string' || /^q(uit)?$/.test(line.text.trim())) return undefined;
    const word = line.text.trim();
    const card = word === '' ? labs[0] : (labs[Number(word) - 1] ?? labs.find(({ name }) => name === word));
    if (card) return card.name;
    printer.say(`There is no lab "${word}" here.`);
  }
}

function progressIn({ steps }: ListedCard): string {
  const toDo = steps.filter(({ reading }) => !reading);
  const passed = toDo.filter(({ outcome }) => outcome === 'passed').length;
  return passed === 0 ? 'Not begun.' : `${passed} of ${toDo.length} steps passed.`;
}
