/** Where a lab is done: asked in the first minute, remembered from then on. */
import type { Lab, Mode } from '../lab/types.ts';
import { needsAws } from '../lab/facts/needs-aws.ts';
import type { Choice, Learner } from '../walk/walk-types.ts';
import { readOwnFile, writeOwnFile } from './own-files.ts';

const file = 'settings.json';

const question: Choice = {
  title: 'Where should the labs run?',
  lines: [
    'labwalk asks this once. At any start, --sandbox or --aws says otherwise.',
    'A lab that you have begun goes on in the place where you began it.',
  ],
  ways: [
    {
      id: 'sandbox',
      name: 'In the sandbox on this machine',
      about: 'It answers like AWS. You need no account, and nothing costs anything.',
    },
    { id: 'aws', name: 'In your AWS account', about: 'Real resources in your account, with small costs, until you delete them.' },
  ],
};

export interface ModeOptions {
  lab: Lab;
  /** `--sandbox` or `--aws`. */
  asked?: Mode | undefined;
  /** Of the last run in the workspace. */
  last?: Mode | undefined;
  learner: Pick<Learner, 'choose'>;
  env: Readonly<Record<string, string>>;
}

/**
 * What the command line says; else where the workspace was begun; else what the person chose before; else what they choose now.
 * Undefined: they chose nothing. A lab that needs no AWS asks nothing.
 */
export async function chooseMode({ lab, asked, last, learner, env }: ModeOptions): Promise<Mode | undefined> {
  const known = asked ?? last ?? (needsAws(lab) ? rememberedMode(env) : 'sandbox');
  if (known) return known;
  const answer = await learner.choose(question);
  if (answer !== 'sandbox' && answer !== 'aws') return undefined;
  // Keys of other versions stay.
  writeOwnFile(env, file, { ...readOwnFile(env, file), mode: answer });
  return answer;
}

function rememberedMode(env: ModeOptions['env']): Mode | undefined {
  const { mode } = readOwnFile(env, file);
  return mode === 'sandbox' || mode === 'aws' ? mode : undefined;
}
