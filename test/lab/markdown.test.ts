import { describe, expect, test } from 'vitest';
import type { Part } from '../../src/lab/types.ts';
import { frontMatter, goodLab, parse, step, takeMark } from './small-labs.ts';

const partsOf = (text: string): Part[] => goodLab(step(text)).steps[0]?.parts ?? [];
const withoutPlaces = (parts: Part[]) => parts.map(({ place, ...part }) => part);

describe('fences', () => {
  test('with tildes, with longer marks and with other fences inside of them', () => {
    const parts = partsOf('~~~sh run\necho a\n~~~\n\n````text\n```sh run\nrm -r x\n```\n````\n\n````sh run\necho "\n```\n"\n````');
    expect(withoutPlaces(parts)).toEqual([
      { kind: 'run', script: 'echo a\n' },
      { kind: 'shown', language: 'text', text: '```sh run\nrm -r x\n```\n' },
      { kind: 'run', script: 'echo "\n```\n"\n' },
    ]);
  });

  test("act inside of lists, without the list's indentation", () => {
    const parts = partsOf('1. First\n\n   ```sh run\n   if true; then\n     echo a\n   fi\n   ```\n\n   Go on.\n\n2. Second');
    expect(withoutPlaces(parts)).toEqual([
      { kind: 'prose', markdown: '1. First' },
      { kind: 'run', script: 'if true; then\n  echo a\nfi\n' },
      { kind: 'prose', markdown: 'Go on.\n\n2. Second' },
    ]);
  });

  test('act in a list in a list and in a quotation', () => {
    const parts = partsOf('- a\n  - b\n\n    ```sh run\n    echo a\n    ```\n\n> ```sh run\n> echo b\n> ```');
    expect(parts.filter(({ kind }) => kind === 'run')).toMatchObject([{ script: 'echo a\n' }, { script: 'echo b\n' }]);
  });

  test('with a language only, or with nothing, are shown', () => {
    expect(withoutPlaces(partsOf('```sh\necho a\n```\n\n```\nb\n```'))).toEqual([
      { kind: 'shown', language: 'sh', text: 'echo a\n' },
      { kind: 'shown', language: '', text: 'b\n' },
    ]);
  });

  test('inside of comments and indented code are text', () => {
    expect(withoutPlaces(partsOf('<!--\n```sh run\nrm\n```\n-->\n\nText\n\n    ```sh\n    x\n    ```'))).toEqual([
      { kind: 'prose', markdown: 'Text\n\n    ```sh\n    x\n    ```' },
    ]);
  });

  test('keep tabs', () => {
    expect(partsOf('```make file=Makefile\nall:\n\techo a\n```')).toMatchObject([{ text: 'all:\n\techo a\n' }]);
  });
});

describe('headings', () => {
  test.each([
    ['설치하기', '설치하기'],
    ['Über `größe`', 'über-größe'],
    ['🚀 Deploy & test', 'deploy--test'],
    ['Why? [Because](https://example.com) **so**', 'why-because-so'],
    ['snake_case and C++', 'snake_case-and-c'],
  ])('%s has the id %s', (title, id) => {
    expect(goodLab(`${frontMatter}# A small lab\n\n## ${title}\n`).steps).toMatchObject([{ id }]);
  });

  test('may be underlined', () => {
    expect(goodLab(`${frontMatter}A small lab\n===\n\nTask\n---\n\nText\n`).steps).toMatchObject([{ id: 'task', title: 'Task' }]);
  });

  test('in quotations and deeper than three are prose', () => {
    expect(withoutPlaces(partsOf('> ## Not a task\n\n#### Not a step\n\nText'))).toEqual([
      { kind: 'prose', markdown: '> ## Not a task\n\n#### Not a step\n\nText' },
    ]);
  });
});

describe('line breaks and marks', () => {
  test('a lab with CRLF and a byte order mark is the same lab', () => {
    const text = step('Text\n\n```sh run\necho a\n```\n\n```yaml check\n- status: 0\n```');
    expect(goodLab(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(goodLab(text));
  });

  test.each([
    ['Windows line breaks', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ])('places are exact with %s', (_, change) => {
    const { text, ...place } = takeMark(step('안녕\n\n```yaml check\n- http: {url: x, «statuss: 1}\n```'));
    expect(parse(change(text)).problems).toMatchObject([place]);
  });

  test.each([
    ['a list', '1. Text\n\n   ```yaml check\n   - http:\n       url: x\n       «statuss: 1\n   ```'],
    ['a list with a tab', '-\tText\n\n\t```yaml check\n\t- http: {url: x, «statuss: 1}\n\t```'],
    ['a quotation', '> ```yaml check\n> - http: {url: x, «statuss: 1}\n> ```'],
    ["a list item's first line", '- ```yaml check\n  - http: {url: x, «statuss: 1}\n  ```'],
  ])('places are exact in a fence in %s', (_, marked) => {
    const { text, ...place } = takeMark(step(marked));
    expect(parse(text).problems).toMatchObject([place]);
  });
});

describe('details', () => {
  test('are hints in their order, whichever way they are written', () => {
    const parts = partsOf(
      '<details>\n<summary>Hint 1</summary>\n\nFirst\n\n</details>\n<details><summary><b>Hint</b></summary>Second</details>',
    );
    expect(withoutPlaces(parts)).toEqual([
      { kind: 'hint', markdown: 'First' },
      { kind: 'hint', markdown: 'Second' },
    ]);
  });

  test('with another summary stay as they are, and their fences act', () => {
    const parts = partsOf('<details><summary>Type it</summary>\n\n```sh run\ntrue\n```\n\n</details>');
    expect(withoutPlaces(parts)).toEqual([
      { kind: 'prose', markdown: '<details><summary>Type it</summary>' },
      { kind: 'run', script: 'true\n' },
      { kind: 'prose', markdown: '</details>' },
    ]);
  });

  test('in a hint belong to it', () => {
    const parts = partsOf('<details><summary>Hint</summary>\n\nA\n\n<details><summary>More</summary>\n\nB\n\n</details>\n\n</details>');
    expect(withoutPlaces(parts)).toEqual([{ kind: 'hint', markdown: 'A\n\n<details><summary>More</summary>\n\nB\n\n</details>' }]);
  });
});

test('comments are not shown, and their text does nothing', () => {
  expect(withoutPlaces(partsOf('One\n\n<!-- note to myself: <details> {{NOBODY}} -->\n\nTwo'))).toEqual([
    { kind: 'prose', markdown: 'One\n\n\n\nTwo' },
  ]);
});

test('a labwalk comment in code marks is an example', () => {
  expect(withoutPlaces(partsOf('Write `<!-- labwalk: id=x -->` below it.'))).toEqual([
    { kind: 'prose', markdown: 'Write `<!-- labwalk: id=x -->` below it.' },
  ]);
});
