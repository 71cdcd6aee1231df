import { expect, test } from 'vitest';
import { pictureFile, scenes, withoutDurations } from '../../scripts/pictures.ts';
import { drawTerminal } from '../../scripts/terminal-picture.ts';
import fs from 'node:fs';

const about = { title: 'A & B', description: 'd' };
const draw = (text: string) => drawTerminal(text, about);

test('each piece of one style stands in its column and row', () => {
  const places = [...draw('a\n  \x1b[31mred\x1b[39m b\n').matchAll(/<text x="([\d.]+)" y="(\d+)"[^>]*>([^<]*)</g)].map(([, x, y, text]) => [
    text,
    x,
    y,
  ]);
  expect(places).toEqual([
    ['a', '20', '49'],
    ['red', '36.8', '68'],
    ['b', '70.4', '68'],
  ]);
});

test('colours and bold letters are told, and end where they end', () => {
  const picture = draw('\x1b[1;32mok\x1b[0m plain');
  expect(picture).toMatch(/fill="#7fd488" font-weight="bold">ok</);
  expect(picture).toMatch(/lengthAdjust="spacingAndGlyphs">plain</);
});

test('a style goes on over the end of a line', () => {
  expect(draw('\x1b[31ma\nb\x1b[39m').match(/fill="#ff7b80"/g)).toHaveLength(2);
});

test('what has a meaning in XML is text', () => {
  const picture = draw('<script>alert("x")</script> & so on');
  expect(picture).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; so on');
  expect(picture).toContain('<title id="title">A &amp; B</title>');
});

test('the window is as wide as the longest line and as high as all', () => {
  expect(draw('1234567890\n\n1')).toContain('viewBox="0 0 124 111"');
});

test.each(scenes.map((scene) => [scene.name, pictureFile(scene)]))(
  'the picture %s is what Git hosts show: no script, style or link',
  (_, file) => {
    const picture = fs.readFileSync(file, 'utf8');
    const elements = new Set([...picture.matchAll(/<([a-zA-Z]+)/g)].map(([, name]) => name));
    expect([...elements].sort()).toEqual(['circle', 'desc', 'g', 'rect', 'svg', 'text', 'title']);
    expect(picture).not.toMatch(/\b(?:href|style|on\w+)=/);
  },
);

test('pictures that differ in durations only count as the same', () => {
  const seconds = (text: string) => withoutDurations(draw(`passed in ${text} b`));
  expect(seconds('0.5 s')).toBe(seconds('12 s'));
  expect(withoutDurations(draw('passed'))).not.toBe(withoutDurations(draw('failed')));
});
