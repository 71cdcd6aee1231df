import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { isProvenMade, openLedger } from '../../src/engine/context/ledger.ts';

let file: string;
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-ledger-')), 'ledger.json');
});
const role = { kind: 'role', name: 'myapp-dev' };

test('what is planned is on disk before plan returns', () => {
  openLedger(file).plan('deploy', 'sandbox', [role]);
  expect(openLedger(file).entries()).toEqual([{ ...role, step: 'deploy', mode: 'sandbox', state: 'planned', ids: [] }]);
});

test('what is seen of it is kept, and doing the step again plans it anew', () => {
  const ledger = openLedger(file);
  ledger.plan('deploy', 'aws', [role]);
  const [entry] = ledger.entries();
  ledger.change(entry!, { state: 'present' });
  ledger.change(entry!, { state: 'gone' });
  expect(openLedger(file).entries()[0]?.state).toBe('gone');
  ledger.plan('deploy', 'aws', [role]);
  expect(
    openLedger(file)
      .entries()
      .map(({ state }) => state),
  ).toEqual(['planned']);
});

test('the sandbox and an account do not share entries', () => {
  const ledger = openLedger(file);
  ledger.plan('deploy', 'aws', [role]);
  ledger.plan('deploy', 'sandbox', [role]);
  ledger.change(ledger.entries()[0]!, { state: 'gone' });
  expect(ledger.entries().map(({ mode, state }) => `${mode} ${state}`)).toEqual(['aws gone', 'sandbox planned']);
});

test('a ledger that cannot be read is not replaced by an empty one', () => {
  fs.writeFileSync(file, '{ half');
  expect(() => openLedger(file)).toThrow();
  expect(fs.readFileSync(file, 'utf8')).toBe('{ half');
});

test.each(['[]', '{"entries":[{"kind":"role","name":"myapp-dev"}]}', '{"entries":{}}', 'null'])(
  'one that lacks something is not used, since what it says may still cost money: %s',
  (text) => {
    fs.writeFileSync(file, text);
    expect(() => openLedger(file)).toThrow(`it is not as labwalk writes it (${file})`);
    expect(fs.readFileSync(file, 'utf8')).toBe(text);
  },
);

test('what can not be written down may not be made, and nothing counts as planned', () => {
  const ledger = openLedger(file);
  const folder = path.dirname(file);
  fs.rmdirSync(folder);
  expect(() => ledger.plan('deploy', 'aws', [role])).toThrow("What the lab makes in AWS can't be written down: its folder is missing");
  expect(ledger.entries()).toEqual([]);
  fs.mkdirSync(folder);
  ledger.plan('deploy', 'aws', [role]);
  expect(openLedger(file).entries()).toHaveLength(1);
});

test('a change that can not be written is told once, and written with the next one', () => {
  const told: string[] = [];
  const ledger = openLedger(file, ({ message }) => told.push(message));
  ledger.plan('deploy', 'aws', [role, { kind: 'bucket', name: 'b' }]);
  const folder = path.dirname(file);
  fs.renameSync(folder, `${folder}-away`);
  const [first, second] = ledger.entries();
  ledger.change(first!, { state: 'present' });
  ledger.change(second!, { state: 'present' });
  expect(told).toHaveLength(1);
  fs.renameSync(`${folder}-away`, folder);
  ledger.change(second!, { state: 'gone' });
  expect(
    openLedger(file)
      .entries()
      .map(({ state }) => state),
  ).toEqual(['present', 'gone']);
});

test('a step that creates nothing leaves no ledger behind', () => {
  openLedger(file).plan('read', 'sandbox', []);
  expect(fs.existsSync(file)).toBe(false);
});

const [here, there] = [
  { account: '111111111111', region: 'eu-west-1' },
  { account: '222222222222', region: 'eu-west-1' },
];

test('what was there before, and what was seen to come, outlast the next attempt', () => {
  const ledger = openLedger(file);
  expect(ledger.plan('deploy', 'aws', [{ ...role, ...here, before: ['OLD'] }])).toHaveLength(1);
  ledger.change(ledger.entries()[0]!, { state: 'present', ids: ['NEW'] });
  expect(ledger.plan('again', 'aws', [{ ...role, ...here, before: ['OLD', 'NEW'] }])).toEqual([]);
  const [entry] = openLedger(file).entries();
  expect(entry).toEqual({ ...role, ...here, step: 'again', mode: 'aws', state: 'present', before: ['OLD'], ids: ['NEW'] });
  expect(['OLD', 'NEW', 'LATER'].map((id) => isProvenMade(entry!, id))).toEqual([false, true, true]);
});

test('each account has entries of its own; one whose account was not known joins the first that is', () => {
  const ledger = openLedger(file);
  ledger.plan('deploy', 'aws', [role]);
  ledger.plan('deploy', 'aws', [{ ...role, ...here }]);
  ledger.plan('deploy', 'aws', [{ ...role, ...there }]);
  expect(ledger.entries().map(({ account }) => account)).toEqual([here.account, there.account]);
});

test('in an account, what has the name is the lab’s only where somebody looked before; a sandbox is the lab’s whole', () => {
  const ledger = openLedger(file);
  ledger.plan('deploy', 'aws', [role]);
  ledger.plan('deploy', 'sandbox', [role]);
  expect(ledger.entries().map((entry) => isProvenMade(entry, 'X'))).toEqual([false, true]);
});

test('an agreement holds for its account and region, and outlasts the program', () => {
  openLedger(file).agree(here);
  const ledger = openLedger(file);
  expect([here, there, { ...here, region: 'us-east-1' }].map((where) => ledger.hasAgreed(where))).toEqual([true, false, false]);
});

test('a ledger of the first version is understood', () => {
  fs.writeFileSync(file, JSON.stringify({ version: 1, entries: [{ ...role, step: 'deploy', mode: 'aws', state: 'planned' }] }));
  expect(openLedger(file).entries()).toMatchObject([{ ...role, ids: [] }]);
});
