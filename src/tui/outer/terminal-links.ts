/**
 * Whether a terminal is known to make links of OSC 8 sequences. Most others leave them out; a few old ones print them.
 * https://github.com/Alhadis/OSC8-Adoption lists who does.
 *
 * @param env the person's environment
 */
export function makesLinks(env: Readonly<Record<string, string | undefined>>): boolean {
  const term = env['TERM'] ?? '';
  // What is between passes them on only where it was told to.
  if (env['TMUX'] !== undefined || /^(screen|tmux|dumb|linux)/.test(term)) return false;
  if (env['WT_SESSION'] !== undefined || env['KONSOLE_VERSION'] !== undefined || env['KITTY_WINDOW_ID'] !== undefined) return true;
  if (Number(env['VTE_VERSION'] ?? 0) >= 5000) return true;
  if (/kitty|alacritty|foot|ghostty|wezterm/.test(term)) return true;
  return ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'Tabby', 'mintty'].includes(env['TERM_PROGRAM'] ?? '');
}
