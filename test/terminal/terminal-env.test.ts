import { expect, test } from 'vitest';
import { terminalEnv } from '../../src/terminal/terminal-env.ts';

test('keeps what the learner has set', () => {
  expect(terminalEnv({ PATH: '/bin', HOME: '/home/kim', AWS_REGION: 'eu-west-1', NO_COLOR: '1', EMPTY: '' })).toMatchObject({
    PATH: '/bin',
    HOME: '/home/kim',
    AWS_REGION: 'eu-west-1',
    NO_COLOR: '1',
    EMPTY: '',
  });
});

test('drops what would steer the shell', () => {
  const env = terminalEnv({
    PS1: 'x',
    PROMPT_COMMAND: 'x',
    BASH_ENV: 'x',
    HISTFILE: 'x',
    TMOUT: '1',
    npm_lifecycle_event: 'x',
    LABWALK_RUN: 'x',
  });
  expect(Object.keys(env).filter((name) => /^(PS1|PROMPT|BASH|HIST|TMOUT|npm_|LABWALK)/.test(name))).toEqual([]);
});

test('makes pagers and buffers quiet, and says what the terminal can do', () => {
  expect(terminalEnv({ PAGER: 'less', TERM: 'dumb', GONE: undefined })).toEqual({
    PAGER: 'cat',
    GIT_PAGER: 'cat',
    MANPAGER: 'cat',
    SYSTEMD_PAGER: 'cat',
    AWS_PAGER: '',
    PYTHONUNBUFFERED: '1',
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
  });
});

test('changes nothing more the second time', () => {
  const once = terminalEnv({ PATH: '/bin', PS1: 'x' });
  expect(terminalEnv(once)).toEqual(once);
});
