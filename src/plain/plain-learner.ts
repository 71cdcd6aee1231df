/** Asks a person in words, line by line. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Keys } from '../engine/context/cloud.ts';
import { askKeysInLines } from './ask-keys.ts';
import { chooseEditor } from '../walk/editor.ts';
import type { Choice, KeysQuestion, Learner, Question } from '../walk/walk-types.ts';
import type { Line, LineInput } from './line-input.ts';
import type { Printer } from './printer.ts';

export interface PlainLearnerOptions {
  input: LineInput;
  printer: Printer;
  env: Readonly<Record<string, string>>;
}

export function createPlainLearner({ input, printer, env }: PlainLearnerOptions): Learner {
  /** What was typed, without spaces around it; undefined where nothing can be asked. */
  const ask = async (question: string): Promise<string | undefined> => {
    printer.ask(() => question);
    return taken(await input.line(), input.isTerminal);
  };
  const askHidden = async (question?: string): Promise<string | undefined> => {
    if (question !== undefined) printer.ask(() => question);
    const line = await input.line();
    return question === undefined ? (typeof line === 'string' ? undefined : line.text) : taken(line, false);
  };
  const taken = (line: Line, echoed: boolean): string | undefined => {
    printer.answered(echoed && typeof line !== 'string');
    return typeof line === 'string' ? undefined : line.text.trim();
  };

  return {
    async confirm({ title, lines, yes, no }: Question) {
      printer.lines(['']);
      for (const text of [title, ...lines]) printer.say(text);
      for (;;) {
        const answer = (await ask(`y: ${yes}. n: ${no} > `))?.toLowerCase();
        if (answer === 'y' || answer === 'yes') return true;
        if (answer === undefined || answer === 'n' || answer === 'no') return false;
        printer.say('Please type y or n, and Enter.');
      }
    },

    async choose({ title, lines, ways }: Choice) {
      printer.lines(['']);
      for (const text of [title, ...lines]) printer.say(text);
      ways.forEach(({ name, about }, i) => printer.say(`${i + 1}: ${name}. ${about}`));
      for (;;) {
        const answer = await ask(`A number from 1 to ${ways.length}, Enter for 1, or q for none > `);
        if (answer === undefined || answer === 'q') return undefined;
        const way = ways[answer === '' ? 0 : Number(answer) - 1];
        if (way) return way.id;
        printer.say(`Please type a number from 1 to ${ways.length}.`);
      }
    },

    askKeys: askForKeys,

    async edit(file, line) {
      const name = path.basename(file);
      if (!input.isTerminal) {
        return { how: 'none', why: `There is no terminal here for an editor. Write ${file} in another program and save it; then type c.` };
      }
      const isOnPath = (program: string) => isProgram(program, env['PATH'] ?? '');
      const editor = chooseEditor({ env, file, isOnPath, ...(line === undefined ? {} : { line }) });
      if ('none' in editor) return { how: 'none', why: `${editor.none} The file is ${file}.` };
      printer.say(
        editor.blocking
          ? `Opening ${name} with ${editor.program}. Leave the editor to come back.`
          : `Opening ${name} with ${editor.program}.`,
      );
      const ended = await input.lend(() => runEditor(editor.command, path.dirname(file), env));
      if (ended !== undefined)
        return { how: 'none', why: `${editor.program} could not open the file: ${ended}. Set EDITOR to another editor.` };
      return { how: editor.blocking ? 'closed' : 'elsewhere' };
    },
  };

  async function askForKeys({ for: services, mode, refused }: KeysQuestion): Promise<Keys | 'given' | undefined> {
    printer.lines(['']);
    if (refused !== undefined) printer.say(`These keys will not do. ${refused}`);
    printer.say(`AWS keys are needed here, good for ${services.join(', ')}.`);
    const given = mode === 'sandbox';
    if (!input.isTerminal) {
      if (!given) {
        printer.say('Keys are asked for only at a terminal, where they can be typed without being seen. Start labwalk in a terminal.');
        return undefined;
      }
      const answer = await ask("Enter takes the sandbox's own keys, n leaves it for now > ");
      return answer === '' ? 'given' : undefined;
    }
    printer.say(
      `What you type is not shown. A whole block (export AWS_…) can be pasted. ${given ? "Enter alone takes the sandbox's own keys; Ctrl-C leaves it for now." : 'Enter alone leaves it for now.'}`,
    );
    return input.hide(() => askKeysInLines({ askHidden, say: printer.say, given }));
  }
}

/** Why the editor could not be run; undefined where it could. */
function runEditor(command: string, directory: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', command], { cwd: directory, env: { ...env }, stdio: 'inherit' });
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code) => resolve(code === 126 || code === 127 ? 'it was not found' : undefined));
  });
}

function isProgram(name: string, searchPath: string): boolean {
  return searchPath.split(path.delimiter).some((folder) => {
    try {
      fs.accessSync(path.join(folder, name), fs.constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
