/** Keys by their names, as a terminal sends them. */
const named: Readonly<Record<string, string>> = {
  enter: '\r',
  escape: '\x1b',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  space: ' ',
  backspace: '\x7f',
  delete: '\x1b[3~',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
};

/** They are sent in another way while a program asks for it (DECCKM). */
const cursorKeys: Readonly<Record<string, string>> = { up: 'A', down: 'B', right: 'C', left: 'D', end: 'F', home: 'H' };

/**
 * @param name `enter`, `up`, `ctrl-c`, `ctrl-]`, `alt-x`; or one character
 * @param applicationCursor the program asked for the other form of the cursor keys
 */
export function keyBytes(name: string, applicationCursor = false): string {
  const cursor = cursorKeys[name];
  if (cursor !== undefined) return `\x1b${applicationCursor ? 'O' : '['}${cursor}`;
  const known = named[name];
  if (known !== undefined) return known;
  const [, modifier, key] = /^(ctrl|alt)-(.+)$/.exec(name) ?? [];
  if (modifier === 'alt') return `\x1b${keyBytes(key ?? '')}`;
  if (modifier === 'ctrl') return String.fromCharCode((key ?? '').toUpperCase().charCodeAt(0) & 0x1f);
  if ([...name].length !== 1) throw new Error(`there is no key "${name}"`);
  return name;
}
