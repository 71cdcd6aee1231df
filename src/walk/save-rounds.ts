/** Checks the step again when the learner has saved; a further save ends the round that runs and begins anew. */
import type { WalkTask, Tasks } from './tasks.ts';

/** What a round is for. */
export interface RoundRequest {
  /** Files that were saved: absolute paths. */
  files: ReadonlySet<string>;
  /** The learner asked for the checks. */
  asked: boolean;
}

export interface SaveRounds {
  saved(file: string): void;
  /** Checks because the learner asked. */
  ask(): Promise<void>;
  /** Does what was put off while the run was at work. */
  resume(): void;
  /** Forgets what is not done yet. */
  forget(): void;
  /** Resolves when no round runs and none waits for its turn. */
  rest(): Promise<void>;
}

export function createSaveRounds(tasks: Tasks, round: (request: RoundRequest, task: WalkTask) => Promise<void>): SaveRounds {
  const files = new Set<string>();
  let asked = false;
  let forgotten = false;
  let running: Promise<void> = Promise.resolve();

  const run = () => (running = runAll());
  const runAll = async (): Promise<void> => {
    while ((files.size > 0 || asked) && !tasks.working && !tasks.beside) {
      const request: RoundRequest = { files: new Set(files), asked };
      files.clear();
      asked = false;
      forgotten = false;
      let again = false;
      await tasks.doBeside(async (task) => {
        await round(request, task);
        // Ended by a further save: what this round was for is still to be done.
        again = task.signal.aborted && !forgotten;
      });
      if (!again) continue;
      request.files.forEach((file) => files.add(file));
      asked ||= request.asked;
    }
  };

  return {
    saved(file) {
      files.add(file);
      if (tasks.beside) tasks.stopBeside();
      else void run();
    },
    async ask() {
      asked = true;
      // The round that runs goes on to this one.
      await (tasks.beside ? running : run());
    },
    resume: () => void run(),
    forget() {
      files.clear();
      asked = false;
      forgotten = true;
    },
    rest: () => running.catch(() => {}),
  };
}
