/** Characters that are looked through before no more is found. */
const mostSteps = 5_000_000;

/**
 * The JSON values in a text: the text itself where it is JSON, else every object or list that begins a line, as in what HTTPie or
 * the AWS CLI print between other lines.
 */
export function findJson(text: string): unknown[] {
  const whole = parseJson(text.trim());
  if (whole.ok) return [whole.value];
  const values: unknown[] = [];
  const begins = /^[ \t]*[{[]/gm;
  // Brackets in brackets that are no JSON are stepped through again and again.
  let left = mostSteps;
  for (let match = begins.exec(text); match && left > 0; match = begins.exec(text)) {
    const start = match.index + match[0].length - 1;
    const end = findEnd(text, start);
    left -= (end ?? text.length) - start;
    if (end === undefined) continue;
    const parsed = parseJson(text.slice(start, end));
    if (!parsed.ok) continue;
    values.push(parsed.value);
    begins.lastIndex = end;
  }
  return values;
}

type Parsed = { ok: true; value: unknown } | { ok: false };

/** JSON.parse without its exception. */
export function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}

/** Where the bracket at `start` is closed; texts are stepped over, one that does not end up to the end of its line. */
function findEnd(text: string, start: number): number | undefined {
  const token = /"(?:[^"\\\n]|\\.)*"?|[{}[\]]/g;
  token.lastIndex = start;
  let depth = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match;
    if (found === '{' || found === '[') depth++;
    else if (found === '}' || found === ']') depth--;
    if (depth === 0) return token.lastIndex;
  }
  return undefined;
}
