import { valueSign } from './mask.ts';

/** In a lab's text: anything within a line, any number of lines on a line of its own. */
export const anything = '…';

/**
 * Whether a masked line of the lab shows the masked line that came. `…` stands for anything; where a learner's own value came, the lab may show
 * another one, which is one word or more without a blank or a quote. Where one of them has an id, the other may have one that does not look like it.
 */
export function isSameLine(shown: string, came: string): boolean {
  if (shown === came) return true;
  if (!shown.includes(anything) && !came.includes(valueSign) && !shown.includes(id) && !came.includes(id)) return false;
  const [left, right] = [unitsOf(shown), unitsOf(came)];
  // reached[j]: the units of the lab's line so far can show the first j of what came
  let reached = [true, ...right.map(() => false)];
  for (const unit of left) {
    const next = new Array<boolean>(right.length + 1).fill(false);
    for (let j = 0; j <= right.length; j++) {
      if (unit === anything) next[j] = (reached[j] ?? false) || (j > 0 && (next[j - 1] ?? false));
      else if (j > 0) {
        const isValue = right[j - 1] === valueSign && /^[^\s"'`]+$/.test(unit);
        next[j] = ((reached[j - 1] ?? false) && (isSameUnit(unit, right[j - 1] ?? '') || isValue)) || ((reached[j] ?? false) && isValue);
      }
    }
    reached = next;
  }
  return reached[right.length] ?? false;
}

const id = '«id»';

const isSameUnit = (left: string, right: string): boolean =>
  left === right || (left === id && isIdByChance(right)) || (right === id && isIdByChance(left));

/** An id at random has only digits now and then, or hardly one: `16414218`, `abcdef1a`. Behind a time it is taken for a size. */
const isIdByChance = (unit: string): boolean => unit === '«size»' || /^(?:[0-9a-f]{7,}|(?=[a-z]*\d)[a-z0-9]{7,})$/.test(unit);

const unitsOf = (line: string): string[] => line.match(/«\w+»|[\p{L}\p{N}_]+|\s+|[^]/gu) ?? [];
