/** A report reads the events of one or more runs and writes something. It changes no run, and it never throws on an event. */
import type { Listener } from '../events/event.ts';

export interface Report {
  listen: Listener;
  /** Writes what is still to be written, also for a run that was cut short. Called once, after the last event. */
  end(): void | Promise<void>;
}

/** Where a report writes to, and what may be written there. */
export interface Out {
  write(text: string): void;
  /** Colours may be used. */
  colour: boolean;
  /** Width of the screen; 80 for a file. */
  columns: number;
  /** Characters outside ASCII may be used for marks. Texts of a lab and of programs pass as they are. */
  unicode: boolean;
}

export interface ReportOptions {
  /** Absolute path: places in files under it are shown relative to it. */
  directory?: string;
}

/** An entry of the table of reports. */
export interface ReportFormat {
  /** What stands behind `--report`. */
  name: string;
  /** One line for the help. */
  about: string;
  /** A file grows with each event; else it appears whole at the end. */
  streams: boolean;
  create(out: Out, options: ReportOptions): Report;
}
