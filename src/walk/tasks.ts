/**
 * What a walk is busy with: one thing that the learner asked for, and checks after a save beside it. Whatever else is asked for meanwhile is
 * left undone, so that impatient fingers do no harm; checks after a save make way, because nobody asked for them.
 */
import type { Doing } from './walk-types.ts';

export interface WalkTask {
  /** Aborted by `stop`. */
  readonly signal: AbortSignal;
  /** Lets the run do something. What is done beside is ended first. */
  work<T>(doing: Shown, work: () => Promise<T>): Promise<T>;
  /** Lets the learner do something; the run may be at work beside it. */
  wait<T>(doing: Shown | undefined, wait: () => Promise<T>): Promise<T>;
}

export type Shown = Omit<Doing, 'since'>;

export interface Tasks {
  readonly doing: Doing | undefined;
  /** Something that was asked for is being done, or the learner is being asked. */
  readonly busy: boolean;
  /** The run is at work for what was asked, so that nothing can be done beside it. */
  readonly working: boolean;
  /** Something is done beside. */
  readonly beside: boolean;
  /** Does what was asked for, unless something else that was asked for is being done. */
  ask(work: (task: WalkTask) => Promise<void>): Promise<void>;
  /** Does something without having been asked. Only while `working` and `beside` are false. */
  doBeside(work: (task: WalkTask) => Promise<void>): Promise<void>;
  /** What is being done has come to something else. */
  show(doing: Shown): void;
  /** Ends what is being done; says whether there was something. */
  stop(): boolean;
  /** Ends what is done beside. */
  stopBeside(): void;
  /** Resolves when the run is not at work any more. */
  rest(): Promise<void>;
}

export interface TasksOptions {
  now(): number;
  onChange(): void;
  /** Resolves when all that the run has told so far has come in. */
  settle(): Promise<void>;
  /** For what a task rejects with. What this throws goes on to who asked. */
  onError(error: unknown): void;
}

interface Current {
  controller: AbortController;
  doing?: Doing;
  working: boolean;
  /** Resolves when the run has done what it was to do. */
  worked: Promise<unknown>;
}

export function createTasks({ now, onChange, settle, onError }: TasksOptions): Tasks {
  let asked: Current | undefined;
  let beside: (Current & { ended: Promise<unknown> }) | undefined;

  const show = (current: Current, doing: Shown | undefined) => {
    if (doing) current.doing = { ...doing, since: now() };
    else delete current.doing;
    onChange();
  };

  const perform = async (current: Current, work: (task: WalkTask) => Promise<void>) => {
    const during = async <T>(doing: Shown | undefined, what: () => Promise<T>): Promise<T> => {
      show(current, doing);
      try {
        return await what();
      } finally {
        show(current, undefined);
      }
    };
    const task: WalkTask = {
      signal: current.controller.signal,
      wait: during,
      async work(doing, what) {
        current.working = true;
        const worked = during(doing, async () => {
          if (current !== beside) {
            beside?.controller.abort();
            await beside?.ended.catch(() => {});
          }
          try {
            return await what();
          } finally {
            await settle();
          }
        });
        current.worked = worked.catch(() => {});
        try {
          return await worked;
        } finally {
          current.working = false;
        }
      },
    };
    try {
      await work(task);
    } catch (error) {
      onError(error);
    }
  };

  const start = (): Current => ({ controller: new AbortController(), working: false, worked: Promise.resolve() });

  return {
    get doing() {
      return asked?.doing ?? beside?.doing;
    },
    get busy() {
      return asked !== undefined;
    },
    get working() {
      return asked?.working ?? false;
    },
    get beside() {
      return beside !== undefined;
    },
    async ask(work) {
      if (asked) return;
      const current = start();
      asked = current;
      try {
        await perform(current, work);
      } finally {
        asked = undefined;
        onChange();
      }
    },
    async doBeside(work) {
      const current = Object.assign(start(), { ended: Promise.resolve() as Promise<unknown> });
      beside = current;
      const ended = perform(current, work).finally(() => {
        beside = undefined;
        onChange();
      });
      current.ended = ended;
      await ended;
    },
    show(doing) {
      const current = asked?.working ? asked : beside;
      if (current?.doing) show(current, doing);
    },
    stop() {
      const stopped = [asked?.working ? asked : undefined, beside].filter((current) => current !== undefined);
      stopped.forEach(({ controller }) => controller.abort());
      return stopped.length > 0;
    },
    stopBeside: () => beside?.controller.abort(),
    async rest() {
      await asked?.worked;
      await beside?.ended.catch(() => {});
    },
  };
}
