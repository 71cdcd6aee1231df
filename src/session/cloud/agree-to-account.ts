/** Before a lab makes anything in a person's account: what it shows and asks, on a screen, line by line, and without a person. */
import type { AccountQuestion, Agree } from '../../engine/context/cloud.ts';
import { UsageError } from '../../errors.ts';
import type { Lab } from '../../lab/types.ts';
import { showHiddenInName } from '../../text/hidden.ts';
import type { Learner, Question } from '../../walk/walk-types.ts';
import { openLedger } from '../../engine/context/ledger.ts';
import { askAtTerminal } from '../ask-at-terminal.ts';
import type { Io } from '../io.ts';

/** Whose account it is, what is made there, and what it costs. */
export function askAboutAccount(lab: Pick<Lab, 'title' | 'cost'>, question: AccountQuestion): Question {
  const { account, region, arn, creates, existing } = question;
  const lines = [
    `account   ${account}`,
    `region    ${region}`,
    `identity  ${arn}`,
    'makes',
    ...creates.map(({ kind, name }) => `  ${kind} ${name}`),
    `costs     ${lab.cost ?? 'The lab does not say. Most things in AWS cost something for as long as they are there.'}`,
  ];
  const warning =
    existing.length === 0
      ? []
      : [`There already: ${existing.join(', ')}. labwalk will not delete it, but commands of the lab may change it.`];
  return {
    title: 'May this lab make things in your AWS account?',
    lines: [...lines, ...warning].map(showHiddenInName),
    yes: 'Make them',
    no: 'Not now',
  };
}

/** Asks a person through the walk's own questions. */
export const askLearner =
  (lab: Pick<Lab, 'title' | 'cost'>, learner: Pick<Learner, 'confirm'>): Agree =>
  (question) =>
    learner.confirm(askAboutAccount(lab, question));

export interface Unattended {
  lab: Pick<Lab, 'name' | 'title' | 'cost'>;
  /** What wants to be done: `run` where not given. */
  command?: string;
  /** `--yes` */
  yes: boolean;
  io: Pick<Io, 'err' | 'terminal' | 'interrupts'>;
}

/** Where nobody goes through the lab: `--yes` agrees, somebody at a terminal is asked, and else it is refused. What is made is told in any case. */
export const askUnattended =
  ({ lab, command, yes, io }: Unattended): Agree =>
  async (question) => {
    if (!yes && !io.terminal.isThere) throw refuse(lab.name, command);
    const { title, lines } = askAboutAccount(lab, question);
    io.err.write(`${yes ? 'This lab makes things in your AWS account:' : title}\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
    return yes || askAtTerminal('y: Make them. n: Not now > ', io);
  };

/** Throws UsageError at once where it is certain that nobody can agree: a workspace may know of an agreement. */
export function refuseUnasked({ lab, command, yes, io, ledger }: Unattended & { ledger: string | undefined }): void {
  if (yes || io.terminal.isThere || (ledger !== undefined && openLedger(ledger).hasAgreed({}))) return;
  throw refuse(lab.name, command);
}

const refuse = (lab: string, command = 'run') =>
  new UsageError(
    'Nothing is made in an AWS account without being asked first, and there is no terminal here to ask at.',
    `Say yes beforehand: labwalk ${command} ${lab} --aws --yes`,
  );
