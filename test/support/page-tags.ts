/** What a page is made of, for tests that it does no harm. */
import { expect } from 'vitest';

/** Every tag and its attributes. */
export const tagsOf = (page: string) => [...page.replace(/<style>[\s\S]*?<\/style>/, '').matchAll(/<(\/?[a-z!][^\s>]*)([^>]*)>/gi)];

/** It loads nothing and runs nothing, and tells the browser to refuse both. */
export function expectHarmless(page: string): void {
  const tags = tagsOf(page);
  expect(tags.filter(([, tag]) => /^(script|link|img|iframe|object|embed|video|audio|source|base|form)$/i.test(tag ?? ''))).toEqual([]);
  // what stands in quotes is text
  const names = tags.map(([, , attributes = '']) => attributes.replace(/"[^"]*"/g, '""'));
  expect(names.filter((attributes) => /\s(src|srcset|action|data|on\w+)\s*=/i.test(attributes))).toEqual([]);
  expect(
    tags.map(([, , attributes]) => /\shref="([^"]*)"/.exec(attributes ?? '')?.[1]).filter((href) => href && !href.startsWith('#')),
  ).toEqual([]);
  expect(page).not.toMatch(/url\(|@import/);
  expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`);
  expect(page.startsWith('<!doctype html>\n<html lang="en">')).toBe(true);
}

/** Elements that were begun and not ended, or ended by another one. */
export function openElements(page: string): string[] {
  const open: string[] = [];
  for (const [, tag = ''] of tagsOf(page)) {
    if (/^(!doctype|meta|br|hr)$/i.test(tag)) continue;
    if (!tag.startsWith('/')) open.push(tag);
    else if (open.at(-1) === tag.slice(1)) open.pop();
    else return [...open, tag];
  }
  return open;
}
