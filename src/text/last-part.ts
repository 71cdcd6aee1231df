/**
 * The end of a text, at most so many characters, from the beginning of a word on: half a word could be the half of a secret, which nothing
 * would know for one.
 *
 * @example lastPart('one two three', 8) // '… three'
 */
export function lastPart(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.slice(text.length - most);
  return end.includes('\n') && end.indexOf('\n') < most / 2 ? end.slice(end.indexOf('\n') + 1) : end.replace(/^\S+/, '…');
}
