/** Patterns of a lab that backtrack without end: whose mistake that is, and that all else goes on. */
import { describe, expect, test } from 'vitest';
import { fence, only, openLab, outcomes } from '../support/run-lab.ts';

const endless = `${fence('sh run', `echo ${'a'.repeat(60)}!`)}${fence('yaml check', '- status: 0\n- output: { matches: "^(a+)+$" }\n- output: "a!"')}`;

describe('a check with a pattern that never comes to an end', () => {
  test('fails as a mistake of the lab, with its place, and is not tried again; the checks below it are made', async () => {
    const { walk, events } = await openLab({
      steps: `### One\n\n${endless.replace('"^(a+)+$" }', '"^(a+)+$" }\n  within: 1h\n  try: Nothing.')}`,
    });
    expect(await walk()).toBe(1);
    expect(only(events, 'check-ended').map(({ outcome }) => outcome)).toEqual(['passed', 'failed', 'passed']);
    expect(only(events, 'check-ended')[1]).toMatchObject({
      expected: 'a result from the pattern /^(a+)+$/',
      actual: expect.stringMatching(/^it took more than [\d.]+ s on 62 characters$/) as string,
      try: 'This is a mistake in the lab, not yours: lab.md:19. Tell its author.',
    });
  });

  test('ends with the run', async () => {
    const { walk, events, signal } = await openLab({ steps: `### One\n\n${endless}` });
    const walking = walk();
    await expect.poll(() => only(events, 'check-ended').length, { timeout: 30_000 }).toBe(1);
    signal.abort();
    expect(await walking).toBe(130);
    expect(outcomes(events)).toEqual(['one interrupted']);
  });
});

test('a signature with such a pattern is told once and left out, and those below it are looked for', async () => {
  const signature = (id: string, matches: string) =>
    `- { id: ${id}, matches: "${matches}", what: It is ${id}., fix: Look at it., example: x }\n`;
  const fail = fence('sh run expect=fail', `echo ${'a'.repeat(60)}!; false`);
  const { walk, events } = await openLab({
    steps: `### One\n\n${fail}${fail}${fence('yaml check', '- status: 1')}`,
    front: 'signatures: [tool.yaml]\n',
    files: { 'tool.yaml': `${signature('endless', '^(a+)+$')}${signature('end', 'a!')}` },
  });
  expect(await walk()).toBe(0);
  expect(only(events, 'failure-explained').map(({ signature: id }) => id)).toEqual(['end', 'end']);
  const notices = only(events, 'notice').map(({ text }) => text);
  expect(notices).toEqual([
    expect.stringMatching(
      /^The pattern .* took more than .*It belongs to the signature endless, tool.yaml:1\. This is a mistake in the lab/,
    ),
  ]);
});
