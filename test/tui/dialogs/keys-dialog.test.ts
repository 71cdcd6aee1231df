import fc from 'fast-check';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Input } from '../../../src/tui/state/input.ts';
import { keysDialog } from '../../../src/tui/dialogs/keys-dialog.ts';
import { coloured, looks, plain, sizes } from '../drawings/samples.ts';
import { isAnswered, key, paste, pressAll, stateAfter, type } from './press.ts';
import { id, secret, temporaryId, token } from '../../walk/keys/sample-keys.ts';

const aws = keysDialog({ for: ['iam', 'lambda'], mode: 'aws' });
const sandbox = keysDialog({ for: ['iam'], mode: 'sandbox' });
const size = { columns: 72, rows: 20 };
const draw = (dialog: typeof aws, inputs: readonly (Input | string)[], look = plain) =>
  dialog.draw(stateAfter(dialog, inputs), size, look).map((line) => line.trimEnd());

describe('keys are asked for one after the other', () => {
  test('id, secret, region; Enter goes on and submits at the last one', () => {
    expect(pressAll(aws, [...type(id), 'enter', ...type(secret), 'enter', 'enter'])).toEqual({
      answer: { accessKeyId: id, secretAccessKey: secret },
    });
    expect(pressAll(aws, [...type(id), 'enter', ...type(secret), 'enter', ...type('eu-west-1'), 'enter'])).toEqual({
      answer: { accessKeyId: id, secretAccessKey: secret, region: 'eu-west-1' },
    });
  });
  test('the session token only where the id says that the keys are temporary', () => {
    expect(draw(aws, type(id)).join('\n')).not.toContain('Session token');
    expect(draw(aws, type(temporaryId)).join('\n')).toContain('Session token');
    expect(pressAll(aws, [...type(temporaryId), 'enter', ...type(secret), 'enter', paste(token), 'enter', 'enter'])).toEqual({
      answer: { accessKeyId: temporaryId, secretAccessKey: secret, sessionToken: token },
    });
  });
  test('what it looks like', () => {
    expect(draw(aws, [...type(temporaryId), 'enter', ...type(secret.slice(0, 12))])).toEqual([
      'Keys that are good for iam and lambda are needed from here on.',
      'Type them, or paste a whole block (export AWS_…). They stay in memory',
      'and are written nowhere.',
      '',
      `  Access key id  ${temporaryId}`,
      '❯ Secret key     ••••••••••••▏',
      '  Session token',
      '  Region         as it is set',
    ]);
  });
  test('Tab and the arrow keys go to another field, Esc and Ctrl-C leave', () => {
    const at = (...inputs: string[]) => stateAfter(aws, inputs).at;
    expect([at('tab'), at('tab', 'tab'), at('tab', 'tab', 'tab'), at('shift-tab'), at('down'), at('up'), at('down', 'up')]).toEqual([
      ...['secret', 'region', 'id', 'region'],
      ...['secret', 'id', 'id'],
    ]);
    expect(pressAll(aws, [...type('AK'), 'escape'])).toEqual({ answer: undefined });
    expect(pressAll(aws, ['ctrl-c'])).toEqual({ answer: undefined });
  });
  test('the reason why the last keys were refused stands above, in red', () => {
    const refused = keysDialog({ for: [], mode: 'aws', refused: 'AWS does not know these keys.' });
    expect(refused.draw(refused.initial, size, coloured)).toContain('\x1b[31mAWS does not know these keys.\x1b[39m');
  });
});

describe('in the sandbox', () => {
  test("Enter alone takes the sandbox's own keys, and the dialog says so", () => {
    expect(pressAll(sandbox, ['enter'])).toEqual({ answer: 'given' });
    expect(draw(sandbox, []).join('\n')).toMatch(/Enter takes the sandbox's own keys\.[^]*❯ Access key id {2}▏the sandbox's own/);
  });
  test('half typed keys are not given up for them', () => {
    expect(stateAfter(sandbox, [...type('AKIA'), 'enter']).problem).toBe('An access key id has at least 16 characters; this one has 4.');
  });
  test('in AWS nothing is given', () => {
    expect(stateAfter(aws, ['enter']).problem).toBe('The access key id is missing.');
  });
  test('on the smallest screen it is still said what empty means', () => {
    const lines = sandbox.draw(sandbox.initial, { columns: 36, rows: 5 }, plain).join('\n');
    expect(lines).toContain("the sandbox's own");
  });
});

describe('a paste', () => {
  const block = `export AWS_ACCESS_KEY_ID="${temporaryId}"\nexport AWS_SECRET_ACCESS_KEY="${secret}"\nexport AWS_SESSION_TOKEN="${token}"\n`;
  test('of a whole block fills all fields and waits for Enter, whichever field has the cursor', () => {
    for (const before of [[], ['tab'], ['tab', 'tab']]) {
      const state = stateAfter(aws, [...before, paste(block)]);
      expect(state.note).toBe('All is filled in. Enter tries the keys.');
      expect(aws.press(state, key('enter'))).toEqual({
        answer: { accessKeyId: temporaryId, secretAccessKey: secret, sessionToken: token },
      });
    }
  });
  test('never submits, whatever line ends it has', () => {
    for (const text of [`${id}\n`, '\n\n\n', `${id}\r\n\r\n`, block]) expect(isAnswered(pressAll(sandbox, [paste(text)]))).toBe(false);
  });
  test('of one key goes into its field without blanks, line ends and quotes', () => {
    expect(pressAll(aws, [paste(` "${id}"\n`), 'enter', paste(`${secret}\n`), 'enter', 'enter'])).toEqual({
      answer: { accessKeyId: id, secretAccessKey: secret },
    });
  });
  test('of the same key twice leaves it once', () => {
    expect(stateAfter(aws, [paste(id), paste(id)]).problem).toBeUndefined();
    expect(draw(aws, [paste(id), paste(id)]).join('\n')).toContain(`❯ Access key id  ${id}▏`);
  });
  test('of a block without a token takes away an old token', () => {
    const keys = `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\n`;
    expect(pressAll(aws, [paste(block), paste(keys), 'enter'])).toEqual({ answer: { accessKeyId: id, secretAccessKey: secret } });
  });
  test('of a block that lacks something goes to the field that lacks it', () => {
    const state = stateAfter(aws, [paste(`AWS_ACCESS_KEY_ID=${temporaryId}\nAWS_SECRET_ACCESS_KEY=${secret}`)]);
    expect(state.at).toBe('token');
  });
  test('of a whole file is no hurdle', () => {
    const state = stateAfter(aws, [paste('"'.repeat(1_000_000)), paste('a b\n'.repeat(300_000))]);
    expect(state.problem).toBeDefined();
  });
  test('of a block with a cut key says what is wrong', () => {
    const state = stateAfter(aws, [paste(`AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret.slice(3)}`)]);
    expect(state).toMatchObject({ at: 'secret', problem: 'A secret access key has 40 characters; this one has 37. Was all of it copied?' });
  });
});

describe('slips are told at once', () => {
  test('the secret in the field of the id', () => {
    expect(stateAfter(aws, [paste(secret)]).problem).toMatch(/^That looks like the secret access key/);
    expect(draw(aws, [paste(secret)]).join('\n')).toContain(`❯ Access key id  ${'•'.repeat(40)}▏`);
  });
  test("the two keys in each other's field", () => {
    const state = stateAfter(aws, [paste(secret), 'tab', paste(id), 'tab', 'enter']);
    expect(state.problem).toBe('The two keys are swapped: the access key id is the one that begins with AKIA or ASIA.');
  });
  test('a character that no key has, and it is gone when that is mended', () => {
    const inputs = ['A', 'K', 'I', 'x'];
    expect(stateAfter(aws, inputs).problem).toBeDefined();
    expect(stateAfter(aws, [...inputs, 'backspace']).problem).toBeUndefined();
    expect(stateAfter(aws, [...inputs, 'ctrl-u', ...type(id)]).problem).toBeUndefined();
  });
});

describe('secrets', () => {
  const secretShape = fc.stringMatching(/^[A-Za-z0-9+/]{40}$/);
  const tokenShape = fc.stringMatching(/^[A-Za-z0-9+/]{120,300}={0,2}$/);
  const moves = fc.constantFrom('tab', 'shift-tab', 'up', 'down', 'left', 'right', 'home', 'end', 'backspace', 'delete', 'ctrl-w', 'enter');

  test('are in no drawing of any state, nor in anything that prints a state', () => {
    const cases = fc.tuple(secretShape, tokenShape, fc.boolean()).chain(([hidden, hiddenToken, temporary]) => {
      const shownId = temporary ? temporaryId : id;
      const block = `aws_access_key_id = ${shownId}\naws_secret_access_key = ${hidden}\naws_session_token = ${hiddenToken}`;
      const input: fc.Arbitrary<Input[]> = fc.oneof(
        moves.map((name) => [key(name)]),
        fc
          .constantFrom(hidden, hiddenToken, block, ` "${hidden}"\n`, `${shownId}\n${hidden}`, shownId, `x=${hidden}`)
          .map((text) => [paste(text)]),
        fc.constantFrom(hidden, shownId).map(type),
      );
      const first = fc.constantFrom(block, block, hidden, hiddenToken).map((text) => [paste(text)]);
      const inputs = fc.tuple(first, fc.array(input, { maxLength: 5 })).map(([head, more]) => [...head, ...more.flat()]);
      return inputs.map((inputs) => ({ hidden, hiddenToken, inputs }));
    });
    fc.assert(
      fc.property(fc.noShrink(cases), ({ hidden, hiddenToken, inputs }) => {
        for (const dialog of [aws, sandbox]) {
          let state = dialog.initial;
          for (const input of inputs) {
            const after = dialog.press(state, input);
            if (isAnswered(after)) break;
            state = after;
            const printed = [JSON.stringify(state), inspect(state, { depth: 9 })];
            const drawn = [dialog.draw(state, { columns: 120, rows: 40 }, plain), dialog.draw(state, { columns: 36, rows: 13 }, coloured)];
            expectNoPart(hidden, [...printed, ...drawn.flat()].join('\n'));
            expectNoPart(hiddenToken, [...printed, ...drawn.flat()].join('\n'));
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  /** Six characters in a row could not be chance. */
  function expectNoPart(hidden: string, text: string): void {
    const own = [id, temporaryId];
    for (const [word] of text.matchAll(/[A-Za-z0-9+/=]{6,}/g)) {
      for (let at = 0; at + 6 <= word.length; at++) {
        const part = word.slice(at, at + 6);
        if (hidden.includes(part) && !own.some((key) => key.includes(part))) throw new Error('a part of a secret is shown');
      }
    }
  }

  test('are shown by their length alone, at every size and look, whichever field has the cursor', () => {
    const block = `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\nAWS_SESSION_TOKEN=${token}\n`;
    for (const tabs of [[], ['tab'], ['tab', 'tab'], ['tab', 'tab', 'tab']]) {
      const state = stateAfter(aws, [paste(block), ...tabs, 'home']);
      for (const look of looks)
        for (const size of sizes) {
          const drawn = aws.draw(state, size, look).join('\n');
          expect(drawn).toContain(look.marks.more === '…' ? '•••••' : '*****');
          expectNoPart(secret, drawn);
          expectNoPart(token, drawn);
        }
    }
  });
});
