import readline from 'node:readline/promises';
import type { Io } from './io.ts';

/** A question with the answers y and n, line by line. Anything that ends the input is a no, and so is an empty line. */
export async function askAtTerminal(prompt: string, { terminal, interrupts }: Pick<Io, 'terminal' | 'interrupts'>): Promise<boolean> {
  const asking = readline.createInterface({ input: terminal.stdin, output: terminal.stdout });
  try {
    for (;;) {
      const answer = (await asking.question(prompt, { signal: interrupts().soft })).trim().toLowerCase();
      if (answer === 'y' || answer === 'yes') return true;
      if (answer === 'n' || answer === 'no' || answer === '') return false;
    }
  } catch {
    return false;
  } finally {
    asking.close();
  }
}
