import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openLedger } from '../../src/engine/ledger.ts';

let file: string;
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-ledger-')), 'ledger.json');
});
const role = { kind: 'role', name: 'myapp-dev' };

test('what is planned is on disk before plan returns', () => {
  openLedger(file).plan('deploy', 'sandbox', [role]);
  expect(openLedger(file).entries()).toEqual([{ ...role, step: 'deploy', mode: 'sandbox', state: 'planned' }]);
});

test('a mark is kept, and doing the step again plans it anew', () => {
  const ledger = openLedger(file);
  ledger.plan('deploy', 'aws', [role]);
  const [entry] = ledger.entries();
  ledger.mark(entry!, 'present');
  ledger.mark(entry!, 'gone');
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
  ledger.mark(ledger.entries()[0]!, 'gone');
  expect(ledger.entries().map(({ mode, state }) => `${mode} ${state}`)).toEqual(['aws gone', 'sandbox planned']);
});

test('a ledger that cannot be read is not replaced by an empty one', () => {
  fs.writeFileSync(file, '{ half');
  expect(() => openLedger(file)).toThrow();
  expect(fs.readFileSync(file, 'utf8')).toBe('{ half');
});

test('a step that creates nothing leaves no ledger behind', () => {
  openLedger(file).plan('read', 'sandbox', []);
  expect(fs.existsSync(file)).toBe(false);
});
