/** Which lines of a script begin a command: for the eye only; what is done is parted by bash itself. */

export type ScriptLine = { text: string; kind: 'command' | 'continued' | 'comment' | 'blank' };

const opening = new Set(['if', 'for', 'while', 'until', 'case', 'select', '{']);
const closing = new Set(['fi', 'done', 'esac', '}']);

/** @example readScriptLines('cd app\nfor f in *; do\n  echo $f\ndone').map(({ kind }) => kind) // command, command, continued, continued */
export function readScriptLines(script: string): ScriptLine[] {
  let quote = '';
  let depth = 0;
  let joined = false;
  const documents: string[] = [];
  return script
    .replace(/\n+$/, '')
    .split('\n')
    .map((text): ScriptLine => {
      const [end] = documents;
      if (end !== undefined) {
        if (text.replace(/^\t+/, '') === end) documents.shift();
        return { text, kind: 'continued' };
      }
      const isInside = quote !== '' || depth > 0 || joined;
      if (!isInside && /^\s*$/.test(text)) return { text, kind: 'blank' };
      if (!isInside && /^\s*#/.test(text)) return { text, kind: 'comment' };
      const { bare, open } = removeQuoted(text, quote);
      quote = open;
      for (const [, word] of bare.matchAll(/<<-?\s*\\?([A-Za-z_][A-Za-z0-9_]*)/g)) if (word) documents.push(word);
      depth = Math.max(0, depth + depthOf(bare));
      joined = quote === '' && (/(?:^|[^\\])(?:\\\\)*\\$/.test(text) || /(?:\||&&)\s*$/.test(bare));
      return { text, kind: isInside ? 'continued' : 'command' };
    });
}

/** The line without what stands in quotes and comments, and the quote that it leaves open. A here-document's word keeps its place. */
function removeQuoted(line: string, quote: string): { bare: string; open: string } {
  let open = quote;
  let bare = '';
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (open === '') {
      if (character === '#' && /(?:^|\s)$/.test(line.slice(0, i))) break;
      const word = /<<-?\s*$/.test(bare) ? /^(['"])([A-Za-z_][A-Za-z0-9_]*)\1/.exec(line.slice(i)) : null;
      if (word) {
        bare += word[2];
        i += word[0].length - 1;
      } else if (character === '\\') i++;
      else if (character === "'" || character === '"') open = character;
      else bare += character;
    } else if (character === open) open = '';
    else if (character === '\\' && open === '"') i++;
  }
  return { bare, open };
}

function depthOf(bare: string): number {
  let depth = 0;
  for (const command of bare.split(/;|&&|\|\||\||&/)) {
    const words = command.trim().split(/\s+/);
    // `do echo` and `then cd` begin a command behind their own word.
    const first = ['do', 'then', 'else'].includes(words[0] ?? '') ? words[1] : words[0];
    if (opening.has(first ?? '')) depth++;
    if (closing.has(first ?? '')) depth--;
    if (/\(\)$/.test(first ?? '') && words.at(-1) === '{') depth++;
  }
  return depth + (bare.match(/\(/g)?.length ?? 0) - (bare.match(/\)/g)?.length ?? 0);
}
