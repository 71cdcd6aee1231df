import { expect, test } from 'vitest';
import { plainCommands, findCommand, commandHelp } from '../../src/plain/commands.ts';

test('letters and words mean the same, and the case of a letter counts', () => {
  expect(findCommand('s')?.id).toBe('skip');
  expect(findCommand(' S ')?.id).toBe('solution');
  expect(findCommand('skip')?.id).toBe('skip');
  expect(findCommand('')?.id).toBe('next');
});

test('only what takes an argument has one', () => {
  expect(findCommand('l 12')).toEqual({ id: 'list', argument: '12' });
  expect(findCommand('v restart app')).toEqual({ id: 'services', argument: 'restart app' });
  expect(findCommand('q now')).toBeUndefined();
  expect(findCommand('chalice deploy')).toBeUndefined();
});

test('no word stands for two things, and the help knows all', () => {
  const words = plainCommands.flatMap((command) => command.words);
  expect(new Set(words).size).toBe(words.length);
  for (const word of words) if (word !== '') expect(commandHelp().join('\n')).toContain(word);
});
