/**
 * The id of a heading: as a Git host makes its anchors (lower case, punctuation removed, spaces become hyphens, letters of all
 * languages kept), but without hyphens at the ends, because ids are typed on command lines.
 * @example slug('🚀 Deploy & test') // 'deploy--test'
 */
export function slug(title: string): string {
  return title
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
    .replace(/^-+|-+$/g, '');
}

/** A heading's Markdown as plain text: no code marks, emphasis, link targets or HTML tags. */
export function plainTitle(markdown: string): string {
  if (!/[[<*_~`\\]/.test(markdown)) return markdown.trim();
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<!--.*?-->|<\/?[a-z][^>]*>/gi, '')
    .replace(/(\*\*|__|~~)(?=\S)(.*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)(.*?\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/`+([^`]+)`+/g, '$1')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim();
}
