/** What an instructor or a CI log reads: the run as it goes, and a summary. Wide enough at 80 columns. */
import type { CommandEnded, Event } from '../../events/event.ts';
import { reduce } from '../../progress/reduce.ts';
import { initialState, type State } from '../../progress/state.ts';
import { formatDuration } from '../../text/duration.ts';
import { showHiddenKeepingColours } from '../../text/hidden.ts';
import { createPlainStream, createSgrStream, plainText, type TextStream } from '../../text/plain-text.ts';
import { createLook } from '../look.ts';
import type { Out, Report, ReportFormat, ReportOptions } from '../report.ts';
import { countLines, cutLine } from './fold-lines.ts';
import { clean, commandLines, eventLines, indentLines, outputIndent } from './text-lines.ts';
import { summaryLines } from './text-summary.ts';

/** A command of the lab's terminal while it runs. */
interface RunningCommand {
  stream: TextStream;
  fold: OutputFold;
  /** Empty lines that are shown only when something follows them: HTTPie ends with some. */
  blanks: number;
}

interface RunSeen {
  state: State;
  commands: Map<number, RunningCommand>;
}

export const textReport: ReportFormat = {
  name: 'text',
  about: 'the run as it goes, to read',
  streams: false,
  create: createTextReport,
};

function createTextReport(out: Out, options: ReportOptions): Report {
  const look = createLook(out);
  const style = { ...options, look };
  const runs = new Map<string, RunSeen>();
  let hasWritten = false;
  const outcomes: State['status'][] = [];

  function writeLines(lines: readonly string[]): void {
    if (lines.length === 0) return;
    hasWritten = true;
    out.write(showHiddenKeepingColours(lines.join('\n') + '\n'));
  }

  function runOf(event: Event): RunSeen {
    let run = runs.get(event.lab);
    if (!run || event.type === 'run-started') {
      if (run) endRun(event.lab, run);
      run = { state: initialState(event.lab), commands: new Map() };
      runs.set(event.lab, run);
      if (hasWritten && event.type === 'run-started') writeLines(['']);
    }
    return run;
  }

  function endRun(lab: string, run: RunSeen): void {
    runs.delete(lab);
    // Events without the start of their run are shown, but there is nothing to sum up.
    if (run.state.startedAt === '') return;
    writeLines(summaryLines(run.state, style));
    outcomes.push(run.state.status);
  }

  function startCommand(run: RunSeen, command: number): void {
    const stream = out.colour ? createSgrStream() : createPlainStream();
    run.commands.set(command, { stream, fold: createOutputFold(), blanks: 0 });
  }

  function showOutput(running: RunningCommand, lines: readonly string[]): void {
    const end = lines.findLastIndex((line) => line !== '') + 1;
    const shown = end === 0 ? [] : [...Array.from({ length: running.blanks }, () => ''), ...lines.slice(0, end)];
    running.blanks = lines.length - end + (end === 0 ? running.blanks : 0);
    writeLines(
      indentLines(
        outputIndent,
        running.fold.add(shown).map((line) => cutLine(line, look)),
      ),
    );
  }

  /** One that the learner typed is shown when it has ended: only then its text is known. */
  function showTyped(run: RunSeen, event: CommandEnded, text: string): void {
    writeLines(commandLines('by hand ', text, look));
    startCommand(run, event.command);
    const running = run.commands.get(event.command);
    if (running && event.tail !== '') showOutput(running, clean(plainText(event.tail)).split('\n'));
  }

  function endCommand(run: RunSeen, event: CommandEnded): void {
    const running = run.commands.get(event.command);
    if (!running) return;
    run.commands.delete(event.command);
    const rest = running.stream.end();
    if (rest !== '') showOutput(running, [rest]);
    const failed = event.status !== 0 || event.ended !== 'done';
    const { omitted, lines } = running.fold.end(failed);
    const note =
      omitted === 0 ? [] : [look.dim(`${look.marks.more} ${countLines(omitted)} left out; the whole output: ${clean(event.log)}`)];
    const ending = failed ? look.yellow(endingOf(event)) : event.ms >= 1000 ? look.dim(`took ${formatDuration(event.ms)}`) : '';
    writeLines(indentLines(outputIndent, [...note, ...lines.map((line) => cutLine(line, look)), ...(ending === '' ? [] : [ending])]));
  }

  return {
    listen(event) {
      const run = runOf(event);
      if (event.type === 'output') {
        const running = run.commands.get(event.command);
        const finished = running?.stream.write(event.text) ?? '';
        if (running && finished !== '') showOutput(running, finished.slice(0, -1).split('\n'));
        return;
      }
      const before = run.state;
      run.state = reduce(before, event);
      if (event.type === 'command-started' && event.terminal === 'lab' && !event.byHand) startCommand(run, event.command);
      writeLines(eventLines(event, before, run.state, style));
      if (event.type === 'command-ended') {
        if (event.text !== undefined) showTyped(run, event, event.text);
        endCommand(run, event);
      }
      if (event.type === 'run-ended') endRun(event.lab, run);
    },
    end() {
      for (const [lab, run] of runs) endRun(lab, run);
      if (outcomes.length > 1) {
        const passed = outcomes.filter((outcome) => outcome === 'passed').length;
        writeLines(['', `${look.bold('Labs')}    ${passed} of ${outcomes.length} passed`]);
      }
    },
  };
}

function endingOf({ status, ended, ms }: CommandEnded): string {
  switch (ended) {
    case 'done':
      return `exit status ${status}`;
    case 'timeout':
      return `ended by labwalk after ${formatDuration(ms)}: it took too long`;
    case 'stopped':
      return `stopped after ${formatDuration(ms)}`;
    case 'shell':
      return `ended the shell with status ${status}`;
  }
}

/** Shows the beginning of a command's output as it comes, and decides at its end how much of the rest. */
interface OutputFold {
  /** Takes finished lines; gives those to show at once. */
  add(lines: readonly string[]): string[];
  /** The lines still to be shown, and how many were left out before them. */
  end(failed: boolean): { omitted: number; lines: string[] };
}

/** An output of at most this many lines is shown whole. */
const wholeLines = 40;
const firstLines = 10;
const lastLines = 10;
const lastLinesOfFailed = 40;

function createOutputFold(): OutputFold {
  let count = 0;
  let held: string[] = [];
  return {
    add(lines) {
      const room = Math.max(0, firstLines - count);
      count += lines.length;
      held.push(...lines.slice(Math.max(room, lines.length - lastLinesOfFailed)));
      // Cut now and then rather than each time, so that a line costs the same however many there are.
      if (held.length > 2 * lastLinesOfFailed) held = held.slice(-lastLinesOfFailed);
      return lines.slice(0, room);
    },
    end(failed) {
      const rest = Math.max(0, count - firstLines);
      const shown = failed ? lastLinesOfFailed : count <= wholeLines ? rest : lastLines;
      const lines = held.slice(-Math.min(shown, rest) || held.length);
      return { omitted: rest - lines.length, lines };
    },
  };
}
