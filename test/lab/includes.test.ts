import { describe, expect, test } from 'vitest';
import { frontMatter, goodLab, parse, step } from './small-labs.ts';

const install = `---
title: Shared
---
# Shared

## Install the tools
<!-- labwalk: id=install creates="role:shared" -->

Tools first.

\`\`\`sh run
true
\`\`\`

### And more

More.

## Other

Not this.
`;
const lab = (text: string) => `${frontMatter}# A small lab\n\n${text}\n`;

describe('an include', () => {
  test('brings in a heading with everything below it, up to the next one of its level', () => {
    const { tasks, steps } = goodLab(lab('<!-- labwalk: include=../common/install.md#install -->\n\n## Last'), {
      '../common/install.md': install,
    });
    expect(tasks.map(({ id }) => id)).toEqual(['install', 'last']);
    expect(steps.map(({ id, title }) => ({ id, title }))).toEqual([
      { id: 'install', title: 'Install the tools' },
      { id: 'and-more', title: 'And more' },
      { id: 'last', title: 'Last' },
    ]);
    expect(steps[0]).toMatchObject({
      place: { file: '/course/labs/common/install.md', line: 6, column: 1 },
      creates: [{ kind: 'role', name: 'shared' }],
    });
  });

  test('directly under a heading leaves out its own heading and id, and keeps the other facts', () => {
    const { steps } = goodLab(lab('## My tools\n<!-- labwalk: include=install.md#install -->\n'), { 'install.md': install });
    expect(steps.map(({ id }) => id)).toEqual(['my-tools', 'and-more']);
    expect(steps[0]).toMatchObject({
      title: 'My tools',
      creates: [{ kind: 'role', name: 'shared' }],
      parts: [{ kind: 'prose', markdown: 'Tools first.' }, { kind: 'run' }],
    });
  });

  test('of a #### heading is a piece of text without its heading, anywhere in a step', () => {
    const text = '#### Regions\n\nChoose a region.\n\n#### Costs\n\nNothing.\n';
    const { steps } = goodLab(step('Before.\n\n<!-- labwalk: include=notes.md#regions -->\n\nAfter.'), { 'notes.md': text });
    expect(steps[0]?.parts.map((part) => (part.kind === 'prose' ? part.markdown : part.kind))).toEqual([
      'Before.',
      'Choose a region.',
      'After.',
    ]);
  });

  test('can include further files, relative to itself', () => {
    const others = { 'a/one.md': '## One\n\n<!-- labwalk: include=b/two.md#two -->\n', 'a/b/two.md': '### Two\n\nDeep.\n' };
    expect(goodLab(lab('<!-- labwalk: include=a/one.md#one -->'), others).steps.map(({ id }) => id)).toEqual(['two']);
  });

  test('puts values in the place of names in the included text, in prose, code and checks', () => {
    const shared =
      '#### Ask\n\nAsk {{URL}} and {{WHO}}.\n\n```sh run\ncurl {{URL}}\n```\n\n```yaml check\n- http: { url: "{{URL}}/{{WHO}}", status: {{STATUS}} }\n  within: 5s\n```\n';
    const include = (url: string) => `<!-- labwalk: include=notes.md#ask\n     URL="${url}" STATUS=403 -->`;
    const text = step(`${include('http://localhost:{{PORT}}')}\n\n${include('http://a/b c')}`);
    const { steps } = goodLab(text, { 'notes.md': shared });
    const parts = steps[0]?.parts.map((part) =>
      part.kind === 'prose'
        ? part.markdown
        : part.kind === 'run'
          ? part.script
          : part.kind === 'checks'
            ? part.checks.map(({ input }) => input)
            : part.kind,
    );
    expect(parts).toEqual([
      'Ask http://localhost:{{PORT}} and {{WHO}}.',
      'curl http://localhost:{{PORT}}\n',
      [{ method: 'GET', url: 'http://localhost:{{PORT}}/{{WHO}}', status: 403 }],
      'Ask http://a/b c and {{WHO}}.',
      'curl http://a/b c\n',
      [{ method: 'GET', url: 'http://a/b c/{{WHO}}', status: 403 }],
    ]);
  });

  test('tells a value that the text does not have, and a name that has no value', () => {
    const others = { 'a.md': '#### A\n\nAt {{ADDRESS}}.\n' };
    expect(parse(step('<!-- labwalk: include=a.md#a ADRESS=x -->'), others).problems).toMatchObject([
      { file: '/course/labs/small/lab.md', what: 'the included text has no {{ADRESS}}', fix: expect.stringContaining('ADDRESS') as string },
      { file: '/course/labs/small/a.md', line: 3, what: expect.stringContaining('ADDRESS') as string },
    ]);
    const { problems } = parse(step('<!-- labwalk: include=a.md#a address=x -->'), others);
    expect(problems.map(({ what }) => what)).toContain('include stands alone in its comment');
  });

  test('that includes itself is a problem where the circle closes', () => {
    const others = { 'a.md': '## A\n\n<!-- labwalk: include=b.md#b -->\n', 'b.md': '### B\n\n<!-- labwalk: include=a.md#a -->\n' };
    expect(parse(lab('<!-- labwalk: include=a.md#a -->'), others).problems).toMatchObject([
      { file: '/course/labs/small/b.md', line: 3, column: 23, what: 'a.md#a includes itself' },
    ]);
  });

  test('that doubles at each level comes to an end', () => {
    const twice = (next: number) => `<!-- labwalk: include=${next}.md#x -->\n\n`.repeat(2);
    const others = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.md`, `#### X\n\n${twice(i + 1)}`]));
    const { problems } = parse(step(twice(0)), { ...others, '20.md': '#### X\n\nText\n' });
    expect(problems.map(({ what }) => what)).toEqual(['the lab has more than 1000 includes']);
  });

  test('tells the mistakes of the included text at their place in its file', () => {
    const { problems } = parse(lab('<!-- labwalk: include=a.md#a -->'), {
      'a.md': '## A\n\n```sh rum\ntrue\n```\n\n## B\n\n```sh rum\n```\n',
    });
    expect(problems).toMatchObject([{ file: '/course/labs/small/a.md', line: 3, column: 7 }]);
  });
});
