/** Shows the beginning of a command's output as it comes, and decides at its end how much of the rest. */
export interface OutputFold {
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

export function createOutputFold(): OutputFold {
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
