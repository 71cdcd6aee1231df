import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { askAboutAccount, askUnattended, refuseUnasked } from '../../../src/session/cloud/agree-to-account.ts';
import { openLedger } from '../../../src/engine/context/ledger.ts';
import { UsageError } from '../../../src/errors.ts';

const lab = { name: 'trial', title: 'Trial', cost: 'Less than a cent.' };
const question = {
  account: '111111111111',
  region: 'eu-west-1',
  arn: 'arn:aws:iam::111111111111:user/ana',
  creates: [{ kind: 'role', name: 'app-dev' }],
  existing: [],
};

/** Nobody at a terminal. */
function nobody() {
  const written: string[] = [];
  const never = new AbortController().signal;
  const none = () => {
    throw new Error('there is no terminal');
  };
  return {
    written,
    io: {
      err: { write: (text: string) => void written.push(text), colour: false, unicode: true, columns: 80 },
      terminal: {
        isThere: false,
        get stdin() {
          return none();
        },
        get stdout() {
          return none();
        },
      },
      interrupts: () => ({ soft: never, hard: never }),
    },
  };
}

test('whose account it is, what is made, what it costs and what is there already are all told', () => {
  const { lines } = askAboutAccount(lab, { ...question, existing: ['role app-dev'] });
  const text = lines.join('\n');
  for (const part of ['111111111111', 'eu-west-1', question.arn, 'role app-dev', 'Less than a cent.', 'There already: role app-dev.'])
    expect(text).toContain(part);
  expect(askAboutAccount(lab, question).lines.join('\n')).not.toContain('There already');
});

test('what a lab or an account calls itself cannot act on the screen', () => {
  const { lines } = askAboutAccount({ title: 'x' }, { ...question, creates: [{ kind: 'role', name: 'a\u001b[2J' }] });
  expect(lines.join('')).not.toContain('\u001b');
});

test('unattended, --yes agrees and tells; without it and without a terminal it is refused', async () => {
  const { io, written } = nobody();
  expect(await askUnattended({ lab, yes: true, io })(question)).toBe(true);
  expect(written.join('')).toContain('role app-dev');
  await expect(askUnattended({ lab, yes: false, io })(question)).rejects.toThrow(UsageError);
});

test('it is refused before anything is opened, unless the workspace knows of an agreement', () => {
  const { io } = nobody();
  const ledger = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-agree-')), 'ledger.json');
  expect(() => refuseUnasked({ lab, yes: false, io, ledger })).toThrow('--aws --yes');
  expect(() => refuseUnasked({ lab, yes: false, io, ledger: undefined })).toThrow(UsageError);
  openLedger(ledger).agree(question);
  refuseUnasked({ lab, yes: false, io, ledger });
});
