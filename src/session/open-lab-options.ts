import type { Arguments } from '../command-line.ts';
import type { Learner, Preview, Walk } from '../walk/walk-types.ts';
import type { Io } from './io.ts';

export interface OpenLabOptions {
  learner: Learner;
  /** Called with progress messages. */
  tell(text: string): void;
  args: Arguments;
  io: Io;
  /** Its terminals are shown on a screen. */
  screen: boolean;
  /** Gives up what is being opened. */
  leaving: AbortSignal;
  /** Told once there is nothing more to ask, and before the long work begins. */
  preview?(preview: Preview): Promise<void>;
  /** Told once there is nothing more to ask: what comes of it must be closed. */
  onOpening(walk: Promise<Walk>): void;
  /** Told of work between two walks: it must have ended before the program does. */
  onWork(work: Promise<unknown>): void;
}
