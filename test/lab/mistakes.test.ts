import { describe, expect, test } from 'vitest';
import { frontMatter, parse, step, takeMark } from './small-labs.ts';

/** What is wrong, with `«` where it should be reported, and what should be said. */
type Mistake = [text: string, what: string, fix?: string];

const run = '```sh run\ntrue\n```\n';

const inSteps: Mistake[] = [
  ['```sh «rum\ntrue\n```', 'unknown keyword "rum" behind the fence\'s language', 'Did you mean "run"?'],
  ['```«run\ntrue\n```', 'the fence says "run" where its language should stand', 'Write the language first: sh run.'],
  ['```sh run «timeot=5s\ntrue\n```', 'unknown option "timeot" of a run fence', 'Did you mean "timeout"?'],
  [
    '```sh run «ready=port:80\ntrue\n```',
    'unknown option "ready" of a run fence',
    'It knows: timeout, expect, expect-output, capture, when.',
  ],
  ['```sh run timeout=«5\ntrue\n```', '"5" is no duration'],
  ['```sh run timeout=«0s\ntrue\n```', '"0s" is no duration'],
  ['```sh run «timeout\ntrue\n```', 'timeout needs a value'],
  ['```sh run timeout=1s «timeout=2s\ntrue\n```', 'timeout is given twice'],
  ['```sh run expect=«maybe\ntrue\n```', 'expect can\'t be "maybe"', 'It is fail, or an exit status from 1 to 255.'],
  ['```sh run expect=«256\ntrue\n```', 'expect can\'t be "256"'],
  ['```sh run when=«sandbx\ntrue\n```', 'when can\'t be "sandbx"', 'Did you mean "sandbox"?'],
  ['```sh run capture=«ULR\ntrue\n```', 'the variable ULR is not declared', 'Did you mean URL?'],
  ['```sh run capture=«CITY\ntrue\n```', 'CITY has a value already', 'Declare it as captured: CITY: captured.'],
  ['```sh run «check\ntrue\n```', 'a fence has one keyword, and this one has "run" already'],
  ['```sh run «expect="fail\ntrue\n```', 'a quote is never closed'],
  ['```«python run\ntrue\n```', 'a run fence can\'t be "python"', 'Its language is sh.'],
  ['«```sh run\n\n```', 'this run fence is empty'],
  ['```sh «service\nserve\n```', 'service needs a value', 'Write it like service=NAME.'],
  ['```sh service=«lab\nserve\n```', '"lab" can\'t be the name of a service'],
  ['```sh service=app ready=«localhost:80\nserve\n```', 'ready can\'t be "localhost:80"'],
  ['```sh service=app ready=«port:99999\nserve\n```', '"port:99999" names no port'],
  ['```sh service=app ready=«http://localhost:$PRT/\nserve\n```', 'the variable PRT is not declared', 'Did you mean PORT?'],
  ['```sh service=app ready=«log:"(open"\nserve\n```', '"(open" is no regular expression: Unterminated group'],
  ['```python file=«../app.py\nx\n```', '"../app.py" can\'t be a file of the learner\'s: it leaves the workspace'],
  ['```python file=«a/../../app.py\nx\n```', '"a/../../app.py" can\'t be a file of the learner\'s: it leaves the workspace'],
  [
    '```python file=«/etc/passwd\nx\n```',
    '"/etc/passwd" can\'t be a file of the learner\'s: it is absolute, and a lab writes only in its workspace',
  ],
  ['```python file=«C:/x\nx\n```', '"C:/x" can\'t be a file of the learner\'s: it is absolute, and a lab writes only in its workspace'],
  ['```python file=«a\\b\nx\n```', '"a\\b" can\'t be a file of the learner\'s: folders are parted by "/", not by "\\"'],
  [
    '```python file=«.labwalk/journal.ndjson\nx\n```',
    '".labwalk/journal.ndjson" can\'t be a file of the learner\'s: .labwalk belongs to the program',
  ],
  ['```python file=a.py from=«stp\nx\n```', 'there is no step "stp" whose checkpoint could hold this file', 'Did you mean "step"?'],
  ['«```sh run\ntrue', 'this fence is never closed', 'Put ``` on a line of its own below it.'],
  ['Text\n\n    «```sh run\n    true\n    ```', 'this fence is indented by four spaces or more, so Markdown shows it as text'],
  ['«```text output\nhello\n```', 'this output belongs to no command'],
  ['```yaml check\n- «status: 0\n```', 'the status check looks at what a command did, and no run fence stands above it in this step'],
  [`${run}\`\`\`yaml check\n«status: 0\n\`\`\``, 'a check fence is a list', 'Begin each check with a hyphen: - status: 0.'],
  [`${run}\`\`\`yaml check\n- «status\n\`\`\``, 'a check is a name with what it needs', 'Write it like - status: ….'],
  [`${run}\`\`\`yaml check\n- «statsu: 0\n\`\`\``, 'there is no check "statsu"', 'Did you mean "status"?'],
  [`${run}\`\`\`yaml check\n- «title: hello\n\`\`\``, 'this entry names no check', 'There are: status, output, http, script.'],
  [`${run}\`\`\`yaml check\n- status: 0\n  «output: {}\n\`\`\``, 'an entry has one check, and this one has "status" already'],
  [`${run}\`\`\`yaml check\n- status: 0\n  «titel: x\n\`\`\``, 'unknown key "titel" beside the status check', 'Did you mean "title"?'],
  [`${run}\`\`\`yaml check\n- status: 0\n  within: «5\n\`\`\``, '"within" beside the status check must be a text, not 5'],
  [`${run}\`\`\`yaml check\n- status: 0\n  within: «5x\n\`\`\``, '"5x" is no duration'],
  [`${run}\`\`\`yaml check\n- status: «zero\n\`\`\``, 'the status check must be a number, not "zero"'],
  ['```yaml check\n- http: {url: x, «statuss: 200}\n```', 'unknown key "statuss" in the http check', 'Did you mean "status"?'],
  ['```yaml check\n- «http: {method: GET}\n```', 'the http check lacks the key "url"'],
  ['```yaml check\n- http:\n    url: x\n    method: «GTE\n```', '"method" in the http check can\'t be "GTE"', 'Did you mean "GET"?'],
  [
    '```yaml check\n- http:\n    url: x\n    send: {«txt: hi}\n```',
    'unknown key "txt" in "send" of the http check',
    'Did you mean "text"?',
  ],
  ['```yaml check\n- http: {url: x, send: {form: {a: «1}}}\n```', '"send.form.a" in the http check must be a text, not 1'],
  ['```yaml check\n- script: «x.sh\n```', 'the script check: expected a file that ends in .mjs'],
  ['```yaml check\n- http: {url: «{{PORT}}}\n```', 'a value that begins with {{ is no text in YAML', 'Put it in quotes: "{{NAME}}".'],
  ['```yaml check\n- http: {url: x, «url: y}\n```', 'this is not YAML: map keys must be unique'],
  ['```yaml check\n- «http: {url: "http://x:{{PROT}}/"}\n```', 'the variable PROT is not declared', 'Did you mean PORT?'],
  ['```yaml check\n- http: {url: &a x, json: «*a}\n```', "a lab can't have YAML aliases, such as *a", 'Write the value out.'],
  ['«```yaml credentials\n- iam\n```', 'a credentials fence is a mapping', 'Write it like for: [iam, lambda].'],
  ['```yaml credentials\n«fro: [iam]\n```', 'unknown key "fro" in the credentials fence', 'Did you mean "for"?'],
  ['Hello «{{NOBODY}}.', 'the variable NOBODY is not declared', 'Declare it in the front matter, under variables: NOBODY: ….'],
  ['<!-- labwalk: «creats="role:x" -->', 'unknown key "creats" in a labwalk comment', 'Did you mean "creates"?'],
  ['<!-- labwalk: creates=«x -->', '"x" is no kind and name', 'Write it like role:myapp-dev.'],
  ['<!-- labwalk: id=«"My Step" -->', '"My Step" can\'t be an id', 'Write it as my-step.'],
  ['<!-- labwalk: «stays -->', 'stays needs a value'],
  ['<!-- labwalk: id=a -->\n<!-- labwalk: «id=b -->', 'id is given twice for this heading'],
  ['«<!-- labwalk: -->', 'this labwalk comment says nothing'],
  ['«<!-- labwalk id=x -->', 'this labwalk comment has no colon'],
  ['«<!-- labwlak: id=x -->', 'this comment begins with "labwlak:"', 'Did you mean "labwalk:"?'],
  ['«<!-- labwalk: id=x', 'this labwalk comment is never closed'],
  ['Text «<!-- labwalk: id=x -->', 'a labwalk comment stands inside a line of text'],
  ['<!-- labwalk: after=«stpe -->', 'there is no step "stpe"', 'Did you mean "step"?'],
  ['<!-- labwalk: after=«later -->\n\n### Later', 'the step "later" comes later than this one'],
  [
    '### Twice\n\n### «Twice'.replace('### «', '«### '),
    'the id "twice" is used twice',
    'Give this heading its own: <!-- labwalk: id=… -->.',
  ],
  ['«### 🚀', 'no id can be made from the heading "🚀"'],
  ['<!-- labwalk: id=a «include=x.md#y -->', 'include stands alone in its comment'],
  ['<!-- labwalk: include=«missing.md#y -->', "the file missing.md can't be read"],
  ['<!-- labwalk: include=«other.md -->', 'include can\'t be "other.md"'],
  ['<!-- labwalk: include=«other.md#instal -->', 'other.md has no heading with the id "instal"', 'Did you mean "install"?'],
  ['«<details><summary>Hint</summary>\n\nDo it.', 'this <details> is never closed'],
  [
    '«<details><summary>Hint</summary>\n\nDo it.\n\n### Next\n\n<details><summary>Hint</summary>\n\nx\n\n</details>',
    'this <details> is never closed',
  ],
  ['Text\n\n«</details>', 'this </details> closes nothing'],
  [
    '<details><summary>Hint</summary>\n\n«```sh run\ntrue\n```\n\n</details>',
    'a fence in a hint is only shown, and this one has a keyword',
  ],
  [
    '<details><summary>Checks</summary>\n«```yaml check\n- status: 0\n```\n\n</details>',
    'this fence stands right below HTML, so Markdown does not see it',
  ],
  ['«# Another title', 'a lab has one # heading'],
];

describe('a mistake in a step is told at its place', () => {
  test.each(inSteps)('%s', (marked, what, fix) => {
    const { text, ...place } = takeMark(step(marked));
    const { problems, lab } = parse(text, { 'other.md': '## Install\n\nText.\n' });
    expect(problems[0]).toMatchObject({ ...place, what, ...(fix === undefined ? {} : { fix }) });
    expect(problems, 'told once').toHaveLength(1);
    expect(lab).toBeUndefined();
  });
});

const body = '\n# A small lab\n\n## Task\n';
const facts = (text: string) => `---\nsummary: s\nduration: 1h\n${text}\n---\n${body}`;

const inLabs: Mistake[] = [
  [`«# A small lab\n\n## Task\n`, 'the lab does not begin with front matter'],
  [`«---\ntitle: x\n`, 'the front matter is never closed'],
  [`---\n«duration: 1h\n---\n${body}`, 'the front matter lacks the key "summary"'],
  [`«---\n- a\n---\n${body}`, 'the front matter is no mapping (key: value)'],
  [facts('«sumary: x'), 'unknown key "sumary" in the front matter', 'Did you mean "summary"?'],
  [facts('title: «[a]'), '"title" in the front matter must be a text, not a list'],
  [
    facts('requires: [git, {tool: x, «versoin: "1"}]'),
    'unknown key "versoin" in "requires[1]" of the front matter',
    'Did you mean "version"?',
  ],
  [
    facts('requires: [{tool: x, version: «">=3.x.y.z"}]'),
    '"requires[0].version" in the front matter: this is not a range of versions. Write it like ">=3.10" or "^2".',
  ],
  [
    facts('variables: {PORT: {«free-prt: 1}}'),
    'unknown key "free-prt" in "variables.PORT" of the front matter',
    'Did you mean "free-port"?',
  ],
  [facts('variables: {WHO: {random: «nam}}'), '"variables.WHO.random" in the front matter can\'t be "nam"', 'Did you mean "name"?'],
  [
    facts('variables: {PORT: {free-port: «99999}}'),
    '"variables.PORT.free-port" in the front matter: too big: expected number to be <=65535',
  ],
  [facts('variables: {«port: 1}'), '"port" is not a name for a variable'],
  [facts('variables: {«PATH: x}'), "a lab can't declare PATH"],
  [facts('variables: {«AWS_SECRET_ACCESS_KEY: x}'), "a lab can't declare AWS_SECRET_ACCESS_KEY"],
  [
    facts('variables: {A: «[1]}'),
    '"variables.A" in the front matter: a variable is a value, captured, {free-port: 8080} or {random: name}.',
  ],
  [facts('after: «3'), '"after" in the front matter must be a text, not 3'],
  [facts('«title: Other'), 'the title "Other" is not that of the # heading, "A small lab"'],
  [`---\nsummary: s\nduration: «ages\n---\n${body}`, '"duration" in the front matter: write a duration like 90m, 2h or 1h30m.'],
  [`---\nsummary: s\nduration: 1h\n---\n# T\n\n«### Step\n\n${run}`, 'this step stands under no task'],
  [`${frontMatter}# A small lab\n\n«${run}\n## Task\n`, 'this fence belongs to no step'],
  [
    `${frontMatter}# A small lab\n\n## Task\n<!-- labwalk: «creates="role:x" -->\n\n### Step\n`,
    'creates is a fact about a step, and this heading only groups steps',
  ],
];

describe('a mistake of a whole lab is told at its place', () => {
  test.each(inLabs)('%s', (marked, what, fix) => {
    const { text, ...place } = takeMark(marked);
    const { problems, lab } = parse(text);
    expect(problems.find((problem) => problem.what === what)).toMatchObject({ ...place, what, ...(fix === undefined ? {} : { fix }) });
    expect(lab).toBeUndefined();
  });
});

test('several mistakes are told together, in the order of their places', () => {
  const { problems } = parse(
    step(
      '{{A}}\n\n```sh rum\n```\n\n```yaml check\n- htp: {}\n- http: {ulr: x}\n```\n\n1. In a list:\n\n   ```sh run timeot=1s\n   true\n   ```\n',
    ),
  );
  expect(problems.map(({ line, column, what }) => `${line - 14}:${column} ${what}`)).toEqual([
    '0:1 the variable A is not declared',
    '2:7 unknown keyword "rum" behind the fence\'s language',
    '6:3 there is no check "htp"',
    '7:10 unknown key "ulr" in the http check',
    '12:14 unknown option "timeot" of a run fence',
  ]);
});
