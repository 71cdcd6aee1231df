import { exchangeLines } from '../../report/text/http-exchange.ts';
import type { Look } from '../../report/look.ts';
import { drawCheckTitle, drawReasons } from './check-lines.ts';
import { drawExplanation } from './explanation.ts';
import { breakStyled, cutStyled } from './styled-lines.ts';
import type { ChecksView } from './types.ts';

const indent = '    ';
const mostOfReason = 200;
const mostOfBody = 500;

/** All that is known of a step's last failure and of its checks: reasons whole, HTTP requests and responses as HTTPie shows them. Any number of lines, to scroll. */
export function drawChecksInFull({ checks, explanation }: ChecksView, columns: number, look: Look): string[] {
  if (columns <= 0) return [];
  const blocks = checks.map((check) => [
    ...drawCheckTitle(check, columns, look),
    ...drawReasons(check, columns, mostOfReason, look),
    ...(check.exchange ? ['', ...indented(exchangeLines(check.exchange, look, mostOfBody), columns)] : []),
  ]);
  if (explanation) blocks.unshift(drawExplanation(explanation, columns, look, mostOfReason));
  const lines = blocks.flatMap((block, i) => (i === 0 || !hasMore(blocks[i - 1]) ? block : ['', ...block]));
  return lines.map((line) => cutStyled(line, columns));
}

/** Checks of one line stand close together. */
const hasMore = (block: readonly string[] | undefined) => (block?.length ?? 0) > 2;

function indented(lines: readonly string[], columns: number): string[] {
  const before = columns > 2 * indent.length + 10 ? indent : '';
  return lines
    .flatMap((line) => breakStyled(line.replaceAll('\t', '  '), columns - before.length))
    .map((line) => (line === '' ? '' : before + line));
}
