/** What fences can do: keywords and their options, for the parser and for the documentation. */
import { formatDuration } from '../../text/duration.ts';

export interface FenceKeyword {
  /** What to call the value behind `=`, for keywords that have one: `service=NAME`. */
  takes?: string;
  about: string;
  /** Languages in which its text may be; none given: any. */
  languages?: readonly string[];
  options: readonly FenceOptionName[];
  example: string;
}

export type Keyword = 'run' | 'service' | 'file' | 'credentials' | 'check' | 'output' | 'cleanup';
export type FenceOptionName = 'timeout' | 'expect' | 'expect-output' | 'capture' | 'when' | 'ready' | 'from';

const shell = ['sh', 'bash', 'shell', 'console'];
const yaml = ['yaml', 'yml'];

export const keywords: Record<Keyword, FenceKeyword> = {
  run: {
    about: "Types its commands into the lab's terminal, one by one. The first that fails ends the fence.",
    languages: shell,
    options: ['timeout', 'expect', 'expect-output', 'capture', 'when'],
    example: '```sh run timeout=2m\npip install chalice\nchalice --version\n```',
  },
  service: {
    takes: 'NAME',
    about: 'Starts a command that keeps running, in a terminal of its own. The same name again restarts it.',
    languages: shell,
    options: ['ready', 'timeout', 'when'],
    example: '```sh service=app ready=http://localhost:$PORT/\nchalice local --port $PORT\n```',
  },
  file: {
    takes: 'PATH',
    about: "A file that the learner writes; PATH is its place in the workspace. Its text equals the solution's.",
    options: ['from', 'when'],
    example: "```python file=myapp/app.py\nprint('hello')\n```",
  },
  credentials: {
    about: 'From here on the learner needs AWS credentials that are good for these services.',
    languages: yaml,
    options: ['when'],
    example: '```yaml credentials\nfor: [iam, lambda]\n```',
  },
  check: {
    about: 'A list of checks on what stands above it.',
    languages: yaml,
    options: [],
    example: '```yaml check\n- status: 0\n```',
  },
  output: {
    about:
      'What the command above printed when the lab was written: shown, and compared for drift. In it `…` stands for anything, and on a line of its own for any lines.',
    options: [],
    example: '```text output\nServing on http://127.0.0.1:8000\n```',
  },
  cleanup: {
    about: "Puts the step's effects back. Done at the end, the last step first.",
    languages: shell,
    options: ['timeout', 'when'],
    example: '```sh cleanup\nchalice delete\n```',
  },
};

/** How long a command may take that labwalk types where its fence says nothing, in milliseconds. What a person types has no limit. */
export const commandLimitMs = 5 * 60_000;

export const optionsAbout: Record<FenceOptionName, { about: string; example: string }> = {
  timeout: {
    about: `How long each command may take that labwalk types, ${formatDuration(commandLimitMs)} where it is not given; for a service, how long it may take to become ready.`,
    example: 'timeout=90s',
  },
  expect: {
    about:
      '`fail`: some command must fail by itself. One that the shell does not find (status 127) or may not run (126), or that a signal ends (129 and more), has not. A number: exactly this exit status, whatever it means.',
    example: 'expect=fail · expect=2',
  },
  'expect-output': {
    about:
      'What the command must print that fails as expected; without `expect`, what the fence must print. A text, in which spaces and line ends count as one space, or a regular expression between slashes. `{{NAME}}` is replaced.',
    example: 'expect-output=NoSuchEntity · expect-output="/(Access|Permission) denied/"',
  },
  capture: { about: 'A variable, declared as `captured`, that keeps the trimmed output.', example: 'capture=API_URL' },
  when: {
    about:
      'Only in the sandbox, or only in a real AWS account. In the other mode the step is shown but skipped. With the name of a [scenario](credentials.md#scenarios): only where the sandbox plays that. `refused`: where it plays one whose credentials a deploy is refused with. `known`: everywhere but where it plays one whose credentials already STS refuses.',
    example: 'when=sandbox · when=restricted-session · when=refused',
  },
  ready: {
    about: 'When the service is ready: an address answers, a port is open, or its log has a text (a regular expression).',
    example: 'ready=http://localhost:$PORT/ · ready=port:$PORT · ready=log:"Serving on"',
  },
  from: { about: "The checkpoint that holds the file's solution, where it is not the step's own.", example: 'from=add-routes' },
};
