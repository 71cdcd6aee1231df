import { describe, expect, test } from 'vitest';
import { chooseWay } from '../../src/commands/start.ts';
import { makesLinks } from '../../src/tui/outer/terminal-links.ts';
import type { PersonTerminal } from '../../src/session/io.ts';

const terminal = (isThere: boolean) => ({ isThere }) as PersonTerminal;

describe('a lab is walked through', () => {
  test.each([
    ['on the whole screen in a terminal', 'screen', false, true, { TERM: 'xterm-256color' }],
    ['line by line where the terminal is dumb', 'plain', false, true, { TERM: 'dumb' }],
    ['line by line where the terminal says nothing of itself', 'plain', false, true, {}],
    ['line by line where that was asked for', 'plain', true, true, { TERM: 'xterm' }],
    ['line by line on a pipe where that was asked for', 'plain', true, false, { TERM: 'xterm' }],
    ['by nobody where there is no terminal', 'unattended', false, false, { TERM: 'xterm' }],
  ])('%s', (_, way, plain, isThere, env) => {
    expect(chooseWay({ plain }, { terminal: terminal(isThere), env: env as Record<string, string> })).toBe(way);
  });
});

test.each([
  [true, { TERM: 'xterm-256color', TERM_PROGRAM: 'vscode' }],
  [true, { TERM: 'xterm-256color', VTE_VERSION: '7600' }],
  [true, { TERM: 'xterm-kitty' }],
  [false, { TERM: 'xterm-256color' }],
  [false, { TERM: 'xterm-256color', VTE_VERSION: '4800' }],
  [false, { TERM: 'tmux-256color', TMUX: '/tmp/tmux', TERM_PROGRAM: 'vscode' }],
  [false, {}],
])('links: %s in %j', (makes, env) => {
  expect(makesLinks(env)).toBe(makes);
});
