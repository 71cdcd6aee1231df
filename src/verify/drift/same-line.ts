import { valueSign } from './mask.ts';

/** In a lab's text: anything within a line, any number of lines on a line of its own. */
export const anything = '…';

/**
 * Whether a masked line of the lab shows the masked line that came. `…` stands for anything; where a learner's own value came, the lab may show
 * another one, which is one word or more without a blank or a quote.
 */
export function isSameLine(shown: string, came: string): boolean {
  if (!shown.includes(anything) && !came.includes(valueSign)) return shown === came;
  const [left, right] = [unitsOf(shown), unitsOf(came)];
  // reached[j]: the units of the lab's line so far can show the first j of what came
  let reached = [true, ...right.map(() => false)];
  for (const unit of left) {
    const next = new Array<boolean>(right.length + 1).fill(false);
    for (let j = 0; j <= right.length; j++) {
      if (unit === anything) next[j] = (reached[j] ?? false) || (j > 0 && (next[j - 1] ?? false));
      else if (j > 0) {
        const isValue = right[j - 1] === valueSign && /^[^\s"'`]+$/.test(unit);
        next[j] = ((reached[j - 1] ?? false) && (unit === right[j - 1] || isValue)) || ((reached[j] ?? false) && isValue);
      }
    }
    reached = next;
  }
  return reached[right.length] ?? false;
}

const unitsOf = (line: string): string[] => line.match(/«\w+»|[\p{L}\p{N}_]+|\s+|[^]/gu) ?? [];
