import { textWidth } from '../../text/width.ts';
import type { Look } from '../../report/look.ts';
import type { Next } from '../../walk/walk-types.ts';
import { fit, oneLine } from './lines.ts';
import { marksOf } from './marks.ts';

/** What Enter does, in one line: `⏎ types: chalice deploy`. `stepTitle` is the title of the step that `go-on` leads to. */
export function drawNext(next: Next, columns: number, look: Look, stepTitle?: string): string {
  const { enter } = marksOf(look);
  const keyWidth = textWidth(enter);
  if (columns <= keyWidth) return fit(enter, columns, look);
  return `${look.bold(look.green(enter))} ${fit(nextWords(next, look, stepTitle), columns - keyWidth - 1, look)}`;
}

/** What Enter does, as a clause that begins with its verb: `starts app: chalice local --port $PORT`. */
export function nextWords(next: Next, look: Pick<Look, 'marks'>, stepTitle?: string): string {
  switch (next.kind) {
    case 'run':
      return `types${again(next)}: ${firstCommand(next.text, look)}`;
    case 'service':
      return `starts ${oneLine(next.name)}${again(next)}: ${firstCommand(next.text, look)}`;
    case 'file':
      return `opens ${oneLine(next.path)}${again(next)} in your editor`;
    case 'credentials':
      return `asks for AWS keys${again(next)}${next.for.length === 0 ? '' : ` (for ${joinWords(next.for)})`}`;
    case 'check':
      return 'checks the step';
    case 'services':
      return `starts ${joinWords(next.names)}, as when you left`;
    case 'go-on':
      return stepTitle === undefined ? 'goes on' : `goes on to: ${oneLine(stepTitle)}`;
    case 'end':
      return 'shows how it went';
  }
}

const again = (next: { again: boolean }) => (next.again ? ' again' : '');

/** The first line of a fence, and how many more there are. */
function firstCommand(text: string, { marks }: Pick<Look, 'marks'>): string {
  const [first = '', ...more] = text.split('\n').filter((line) => line.trim() !== '');
  return more.length === 0 ? oneLine(first) : `${oneLine(first)} ${marks.more} and ${more.length} more`;
}

/** `iam, lambda and sts` */
export function joinWords(words: readonly string[]): string {
  const clean = words.map(oneLine);
  return clean.length < 2 ? clean.join('') : `${clean.slice(0, -1).join(', ')} and ${clean.at(-1)}`;
}
