/** What a walk asks the person, asked on the screen. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chooseEditor } from '../../walk/editor.ts';
import type { Learner } from '../../walk/walk-types.ts';
import type { Terminals } from '../../engine/terminals/terminals.ts';
import { chooseDialog } from '../dialogs/choose-dialog.ts';
import { agreeDialog } from '../dialogs/show-dialog.ts';
import { confirmDialog } from '../dialogs/confirm-dialog.ts';
import { keysDialog } from '../dialogs/keys-dialog.ts';
import type { Dialog } from '../state/dialog.ts';
import type { Message } from '../state/messages.ts';
import { openDialog } from '../state/questions.ts';

export interface ScreenLearner extends Learner {
  /** The learner has answered a question that the screen showed. */
  answer(question: number, answer: unknown): void;
  /** Nobody will answer any more: all that is open is answered with no. */
  leave(): void;
}

export function createLearner(options: {
  env: Readonly<Record<string, string>>;
  send(message: Message): void;
  terminals(): Terminals | undefined;
}): ScreenLearner {
  const open = new Map<number, { resolve(answer: unknown): void; no: unknown }>();
  let asked = 0;
  let hasLeft = false;

  function ask<State, Answer>(dialog: Dialog<State, Answer>, no: Answer): Promise<Answer> {
    if (hasLeft) return Promise.resolve(no);
    const question = ++asked;
    options.send({ type: 'asked', dialog: openDialog(dialog, (answer) => [{ do: 'answer', question, answer }]) });
    return new Promise((resolve) => open.set(question, { resolve: resolve as (answer: unknown) => void, no }));
  }

  async function runEditor(command: string, file: string): Promise<number> {
    const terminals = options.terminals();
    if (!terminals) throw new Error('an editor was asked for before the lab was open');
    try {
      return await terminals.runProgram({
        command,
        directory: path.dirname(file),
        env: { ...options.env },
        onOpen: (id) => options.send({ type: 'program', id }),
      });
    } finally {
      options.send({ type: 'program' });
    }
  }

  return {
    confirm: (question) =>
      question.toRead ? ask(agreeDialog(question.title, question.lines, question), false) : ask(confirmDialog(question), false),
    choose: (choice) => ask(chooseDialog(choice), undefined),
    askKeys: (question) => ask(keysDialog(question), undefined),
    async edit(file, line) {
      const editor = chooseEditor({
        env: options.env,
        file,
        ...(line !== undefined && { line }),
        isOnPath: (program) => isOnPath(program, options.env),
      });
      if ('none' in editor) return { how: 'none', why: editor.none };
      const status = editor.blocking ? await runEditor(editor.command, file) : await runBeside(editor.command, options.env);
      const isMissing = status === 126 || status === 127;
      if (isMissing)
        return { how: 'none', why: `The editor ${editor.program} can't be started. Set another one, for instance \`export EDITOR=nano\`.` };
      return { how: editor.blocking ? 'closed' : 'elsewhere' };
    },
    answer(question, answer) {
      open.get(question)?.resolve(answer);
      open.delete(question);
    },
    leave() {
      hasLeft = true;
      for (const { resolve, no } of open.values()) resolve(no);
      open.clear();
    },
  };
}

/** An editor with a window of its own: it has nothing to do with this terminal, and goes on when labwalk ends. */
function runBeside(command: string, env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', command], { env: { ...env }, detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(127));
    child.once('exit', (status) => resolve(status ?? 1));
    // Some commands of this kind stay while the window is open.
    setTimeout(() => resolve(0), 3000).unref();
    child.unref();
  });
}

function isOnPath(program: string, env: Readonly<Record<string, string>>): boolean {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
