import { textWidth } from '../../text/width.ts';
import type { Look } from '../../report/look.ts';
import type { Size } from '../state/dialog.ts';
import { fitExactly, hang, oneLine, wrap } from './lines.ts';
import { keyWords } from './marks.ts';
import type { HelpRow, HelpView } from './types.ts';
import { drawScrolled } from './window.ts';

/** From here on there is room for two columns of keys. */
const wide = 84;
const gap = 4;

/** All keys with what they do, in groups; two columns where the screen is wide. Scrolls. */
export function drawHelp({ rows, from }: HelpView, size: Size, look: Look): string[] {
  return drawScrolled(helpLines(rows, size.columns, look), from, size, look);
}

/** The lines that `drawHelp` scrolls. */
export function helpLines(rows: readonly HelpRow[], columns: number, look: Look): string[] {
  if (columns <= 0) return [];
  if (columns < wide) return joinBlocks(groupBlocks(rows, columns, look));
  const half = Math.floor((columns - gap) / 2);
  const blocks = groupBlocks(rows, half, look);
  const middle = fewestLines(blocks);
  const left = joinBlocks(blocks.slice(0, middle));
  const right = joinBlocks(blocks.slice(middle));
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const line = left[i] ?? '';
    const other = right[i] ?? '';
    return other === '' ? line : `${line}${' '.repeat(half + gap - textWidth(line))}${other}`;
  });
}

/** The lines of each group. */
function groupBlocks(named: readonly HelpRow[], columns: number, look: Look): string[][] {
  const rows = named.map((row) => ({ ...row, keys: keyWords(oneLine(row.keys), look) }));
  const widest = Math.max(0, ...rows.map(({ keys }) => textWidth(keys)));
  const keyColumns = Math.min(widest, Math.floor(columns / 3));
  const groups = [...new Set(rows.map(({ group }) => group))];
  return groups.map((group) => [
    ...wrap(oneLine(group), columns).map(look.bold),
    ...rows
      .filter((row) => row.group === group)
      .flatMap(({ keys, does }) => {
        const [first = '', ...more] = hang(' '.repeat(keyColumns + 4), oneLine(does), columns);
        return [`  ${look.cyan(fitExactly(keys, keyColumns, look))}  ${first.slice(keyColumns + 4)}`, ...more];
      }),
  ]);
}

const joinBlocks = (blocks: readonly (readonly string[])[]) => blocks.flatMap((block, i) => (i === 0 ? block : ['', ...block]));

/** Where the groups are parted so that the higher of the two columns is as low as can be. */
function fewestLines(blocks: readonly (readonly string[])[]): number {
  const heights = blocks.map((_, i) => Math.max(joinBlocks(blocks.slice(0, i + 1)).length, joinBlocks(blocks.slice(i + 1)).length));
  return heights.indexOf(Math.min(...heights)) + 1;
}
