import type { Finding } from '../finding.ts';
import type { PersonsTerminal } from '../machine.ts';

/** Less, and a step's text is a few words at a time. */
const smallest = { columns: 40, rows: 15 };

export function judgeTerminal({ isThere, columns, rows }: PersonsTerminal, env: Readonly<Record<string, string>>): Finding {
  const about = { id: 'terminal', name: 'Terminal' };
  if (!isThere) return { ...about, status: 'ok', found: 'none: this is read by a program or a file' };
  const { TERM: term = '' } = env;
  if (term === '' || term === 'dumb') {
    const why = 'It does not say that it can move its cursor, so the walk goes line by line.';
    const found = term ? `TERM=${term}` : 'TERM is not set';
    return { ...about, status: 'warning', found, why, fix: 'In a usual terminal:\n  export TERM=xterm-256color' };
  }
  const found = `${columns}x${rows}, ${term}, ${coloursOf(env, term)}`;
  if (columns >= smallest.columns && rows >= smallest.rows) return { ...about, status: 'ok', found };
  const why = `The walk wants ${smallest.columns} columns and ${smallest.rows} rows or more.`;
  return { ...about, status: 'warning', found, why, fix: 'Make the window larger, or the letters smaller.' };
}

function coloursOf(env: Readonly<Record<string, string>>, term: string): string {
  if (env['NO_COLOR']) return 'no colours (NO_COLOR)';
  if (/truecolor|24bit/.test(env['COLORTERM'] ?? '')) return '16 million colours';
  return term.includes('256') ? '256 colours' : '16 colours';
}
