/** What a parent shell, npm or another terminal exported for itself, and which would steer the lab's bash: prompts, history, start-up files. */
const inherited =
  /^(BASH_.*|BASHOPTS|SHELLOPTS|ENV|PS[0-4]|PROMPT_.*|HIST.*|TMOUT|IGNOREEOF|INPUTRC|CDPATH|GLOBIGNORE|POSIXLY_CORRECT|COLUMNS|LINES|TERM_PROGRAM.*|TERMCAP|VTE_VERSION|TMUX.*|STY|WINDOW|WINDOWID|VSCODE_.*|npm_.*|INIT_CWD|NODE_CHANNEL_.*|LABWALK_(RUN|COMMAND)|OLDPWD|SHLVL|_)$/;

/** Pagers would wait for a key, and a program that keeps its output back looks as if it hung. */
const quiet = {
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  MANPAGER: 'cat',
  SYSTEMD_PAGER: 'cat',
  AWS_PAGER: '',
  PYTHONUNBUFFERED: '1',
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
};

/** The environment in which a terminal's bash starts, made from the one that labwalk was given. Doing it twice changes nothing more. */
export function terminalEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !inherited.test(name)) result[name] = value;
  }
  return { ...result, ...quiet };
}
