import readline from 'node:readline/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Io } from './io.ts';

/** A question with the answers y and n, line by line. Anything that ends the input is a no, and so is an empty line. */
export const askAtTerminal = (prompt: string, io: Pick<Io, 'terminal' | 'interrupts'>): Promise<boolean> =>
  askForAnswer(prompt, { y: true, yes: true, n: false, no: false, '': false }, false, io);

/**
 * Asks until one of the answers is typed, in letters of any case.
 *
 * @param otherwise the answer of whatever ends the input
 */
export async function askForAnswer<Answer>(
  prompt: string,
  answers: Readonly<Record<string, Answer>>,
  otherwise: Answer,
  { terminal, interrupts }: Pick<Io, 'terminal' | 'interrupts'>,
): Promise<Answer> {
  // what has just been written is gathered until this turn ends, and belongs above the question
  await nextTurn();
  const asking = readline.createInterface({ input: terminal.stdin, output: terminal.stdout });
  try {
    for (;;) {
      const word = (await asking.question(prompt, { signal: interrupts().soft })).trim().toLowerCase();
      if (Object.hasOwn(answers, word)) return answers[word] as Answer;
    }
  } catch {
    return otherwise;
  } finally {
    asking.close();
  }
}
