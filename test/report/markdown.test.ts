import { expect, test } from 'vitest';
import MarkdownIt from 'markdown-it';
import type { Event } from '../../src/events/event.ts';
import { wholeState } from '../../src/progress/whole-state.ts';
import { recordMarkdown } from '../../src/report/markdown/record-markdown.ts';
import { expectGolden, readStream } from './replay.ts';

/** The record of a recorded run, and files. */
function record(name: string, files: Parameters<typeof recordMarkdown>[0]['files'] = []): string {
  const events = readStream(name);
  const started = events.find((event): event is Extract<Event, { type: 'run-started' }> => event.type === 'run-started');
  const state = wholeState(events, started!.steps);
  return recordMarkdown({ state: state!, openMs: 61_000, files });
}

test.each(['all-passed', 'failed-check', 'walked', 'nasty', 'korean'])('the run %s reads as it did as Markdown', (name) => {
  expectGolden(`${name}.md`, record(name));
});

test('a file with fences, and a diff, stay in their fences', () => {
  const text = 'a\n````\n<script>x</script>\n```\nb\n';
  const markdown = record('all-passed', [
    { path: 'a_b.md', content: { text }, solution: 'different', diff: '--- a\n+++ b\n-```\n+x\n' },
    { path: 'big.bin', content: { left: '9 bytes that are not text.' } },
  ]);
  const fences = new MarkdownIt().parse(markdown, {}).filter(({ type }) => type === 'fence');
  expect(fences.map(({ content }) => content)).toContain(text);
  expect(fences.at(-1)?.info).toBe('diff');
  expect(markdown).toContain('### a\\_b.md');
});

test('nothing that others wrote is markup outside of fences', () => {
  const rendered = new MarkdownIt({ html: true }).render(record('nasty'));
  expect(rendered.replace(/<pre>[\s\S]*?<\/pre>/g, '')).not.toMatch(/<(script|img|a |em|iframe)/);
});
