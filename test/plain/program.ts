/** The plain driver on this program's own terminal, with a lab whose cloud takes one pair of keys. For tests in a pseudo-terminal. */
import { createInterrupts } from '../../src/session/interrupts/interrupts.ts';
import type { Cloud } from '../../src/engine/context/cloud.ts';
import { createNoCloud } from '../../src/engine/context/no-cloud.ts';
import { UserError } from '../../src/errors.ts';
import { runPlain } from '../../src/plain/run-plain.ts';
import { makeLab } from '../walk/open-walk.ts';
import { temporaryId, token } from '../walk/keys/sample-keys.ts';
import { fence } from '../walk/support.ts';

const cloud: Cloud = {
  ...createNoCloud({ PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' }),
  mode: 'aws',
  giveCredentials: () => Promise.reject(new UserError('There are no keys in the terminal.')),
  tryCredentials(keys) {
    if (keys.accessKeyId !== temporaryId || keys.sessionToken !== token) return Promise.reject(new UserError('They are of no use.'));
    return Promise.resolve({
      variables: { AWS_SECRET_ACCESS_KEY: keys.secretAccessKey },
      secrets: [keys.secretAccessKey, token],
      ...{ account: '123456789012', arn: 'arn:aws:iam::123456789012:user/ada', region: keys.region ?? 'eu-west-1' },
    });
  },
};

const folder = makeLab(
  [
    `### Keys\n\n${fence('yaml credentials', 'for: [iam]')}`,
    `### Write\n\n${fence('text file=app/note.txt', 'good')}${fence('yaml check', '- file: { path: app/note.txt, contains: good }')}`,
    `### Wait\n\n${fence('sh run', 'echo started; sleep 600')}`,
  ].join(''),
  { finished: () => {} },
);
const { signals, takeCtrlC, insist } = createInterrupts(process, { leave: () => process.exit(130) });
const code = await runPlain({
  labs: [],
  lab: 'test',
  open: (_name, learner) => folder.open(learner, { cloud }),
  io: {
    env: process.env as Record<string, string>,
    out: { write: (text) => void process.stdout.write(text), columns: 80 },
    terminal: { stdin: process.stdin },
    now: Date.now,
    interrupts: signals,
    takeCtrlC,
    insist,
  },
});
process.stdout.write(`exit ${code}\n`);
process.exit(code);
