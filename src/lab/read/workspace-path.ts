/** Why a path that a lab names can't be used as a path in the workspace, or nothing when it can. */
export function pathMistake(path: string): string | undefined {
  if (path === '') return 'it is empty';
  if (path.includes('\\')) return 'folders are parted by "/", not by "\\"';
  if (path.startsWith('/') || path.startsWith('~') || /^[A-Za-z]:/.test(path))
    return 'it is absolute, and a lab writes only in its workspace';
  const parts = path.split('/');
  if (parts.includes('..')) return 'it leaves the workspace';
  if (parts.some((part) => part === '' || part === '.')) return 'it has an empty or "." part';
  if (parts[0] === '.labwalk') return '.labwalk belongs to the program';
  if (/\p{Cc}/u.test(path)) return 'it has a control character';
  return undefined;
}
