import { expect, test } from 'vitest';
import { findUndeclared, madeSince } from '../../src/verify/undeclared.ts';

test('what came since, each as often as it came', () => {
  const before = [['api', 'a'] as const, ['role', 'r'] as const];
  const after = [['api', 'a'] as const, ['api', 'a'] as const, ['table', 't'] as const];
  expect(madeSince(before, after)).toEqual([
    ['api', 'a'],
    ['table', 't'],
  ]);
});

test('a declaration names kinds and patterns, with variables in them', () => {
  const made = [
    ['role', 'trial-dev'] as const,
    ['role', 'other'] as const,
    ['table', 'users-Ana'] as const,
    ['bucket', 'trial-dev'] as const,
  ];
  const creates = [
    { kind: 'role', name: 'trial-*' },
    { kind: 'table', name: 'users-{{WHO}}' },
  ];
  expect(findUndeclared(made, creates, { WHO: 'Ana' })).toEqual([
    ['role', 'other'],
    ['bucket', 'trial-dev'],
  ]);
});
