/**
 * The start-up file of a terminal's bash. It makes the shell print a mark before and after each command (see marks.ts) and tell its
 * state at each prompt (see state-message.ts). Its names begin with `__lw_`; they are shell variables and functions, none is exported.
 *
 * What bash does, and is not obvious:
 * - `PS0` (4.4 and later) is printed when a line has been read and before it is done: the mark C. macOS' 3.2 has none, there a DEBUG
 *   trap stands in.
 * - The mark D is printed by `__lw_d`, by the prompt's hook and within PS1: a command that replaces one of them, or is cut off by
 *   Ctrl-C, can't silence it. The hooks are put back after each command.
 * - From 5.1 on PROMPT_COMMAND is an array: an element of its own outlives `PROMPT_COMMAND=…`.
 * - The mark A is printed by the hook, the mark B by PS1, which readline may draw again (after a resize). After a syntax error in an `eval`,
 *   5.2 shows PS1 as it was expanded before: a number in it would be the old one.
 * - `printf` takes up to three octal digits: `\0` before a nonce that begins with a digit would be another character.
 * - The pipes are opened for both directions (`<>`): opened for one, bash would wait for labwalk, also when it has been killed, and not even
 *   a hang-up would end the wait.
 * - The pipes' names are opened anew each time: somebody may have removed them, and labwalk has made others. Where one of them is missing,
 *   `<>` makes a plain file of that name; `mend` in channel.ts removes it.
 * - A command is `eval`ed on the line that is typed, not in a function: there `declare` would make local variables.
 */
import { generationLine, markLine } from '../../process/family-mark.ts';
import { closeMastersLine } from '../../process/masters.ts';
import { markText } from './marks.ts';

/**
 * Lines that labwalk types. The blank in front of them and HISTIGNORE keep them out of the history. They are short: readline takes each
 * character by three system calls.
 */
export const commandLine = (payload: number): string => ` __lw_b ${payload};\\eval "$__lw"`;
export const variablesLine = (payload: number): string => ` __lw_set ${payload}`;
export const pingLine = (ping: number): string => ` __lw_ping ${ping}`;

/**
 * Asks a shell for its state: a trap at the prompt answers by the channel. Without a trap the signal does nothing, and what is typed at the
 * prompt stays. The trap is taken away while a command of labwalk's runs, since `wait` ends at every signal with a trap. From 5.0 on
 * readline does the trap at once; older ones do it with the next key.
 */
export const askSignal = 'SIGWINCH';

/** What stands before a payload in the channel, so that the shell knows which it is. */
export const payloadHead = (nonce: string, payload: number): string => `${headNonce(nonce)};${payload}`;
/** Bash reads a pipe character by character. A few are enough to tell a head from a command that was left unread. */
const headNonce = (nonce: string): string => nonce.slice(0, 4);

/** Variables that `export -p` names and that are labwalk's or the shell's own business. */
export const ownVariables: ReadonlySet<string> = new Set(['LABWALK_RUN', 'LABWALK_COMMAND', 'INPUTRC', 'PWD', 'OLDPWD', 'SHLVL', '_']);

export interface StartFileOptions {
  /** The terminal's. */
  id: string;
  nonce: string;
  /** The terminal's runtime folder. */
  folder: string;
  /** The channel's pipes. */
  inward: string;
  outward: string;
  kind: 'pty' | 'pipes';
  /** A person types here: what they paste must not run by itself. Without one, readline need not say so at every prompt. */
  screen: boolean;
}

export function startFile(options: StartFileOptions): string {
  const { nonce, inward, outward } = options;
  const pty = options.kind === 'pty';
  // Where marks go, whatever a command did to the shell's own output.
  const out = pty ? '>/dev/tty' : `>&${savedOutput}`;
  const restoreOutput = pty ? '[ -t 0 ] || exec </dev/tty; [ -t 1 ] || exec >/dev/tty' : `exec >&${savedOutput}`;
  const restoreErrors = pty ? '[ -t 2 ] || exec 2>/dev/tty' : `exec 2>&${savedOutput}`;
  const c = markText('C', nonce, '$((LABWALK_COMMAND+=1))');
  const d = markText('D', nonce, '%s');
  const e = markText('E', nonce, '%s');
  const ps1Start = `\\[${markText('D', nonce, '$?')}\\]`;
  const ps1End = `\\[${markText('B', nonce, '0')}\\]`;

  return `${closeMastersLine()}
${markLine(options.id)}
${pty ? '' : `exec ${savedOutput}>&1 2>&1`}
export LABWALK_COMMAND=$((LABWALK_COMMAND+0))
__lw='\\builtin \\eval "$__lw_c";__lw_d' __lw_p=0 __lw_k=0 __lw_at= __lw_v=$((BASH_VERSINFO[0]*100+BASH_VERSINFO[1]))
PS1=${quoteForShell(options.screen ? '\\W $ ' : '$ ')} PS2='> ' HISTCONTROL= HISTSIZE=5000 HISTIGNORE=' __lw_*'
unset MAILCHECK INPUTRC HISTTIMEFORMAT HISTFILE
shopt -s checkwinsize cmdhist 2>/dev/null; shopt -u execfail
${pty ? "stty -ixon 2>/dev/null; bind 'set bell-style none' 2>/dev/null" : ''}
${options.screen ? '' : "bind 'set enable-bracketed-paste off' 2>/dev/null"}

__lw_state() {
  local HISTTIMEFORMAT=
  {
    builtin printf '${nonce};%s;%s;%s;%s;%s\\n' "$1" "$2" "\${LABWALK_COMMAND-0}" "$__lw_p" "$__lw_k"
    builtin jobs -pr
    builtin printf '\\000'
    builtin history 1
    builtin printf '\\000%s\\000' "$PWD"
    builtin export -p
    builtin printf '\\000${nonce}\\n'
  } 1<>${quoteForShell(outward)}
}

__lw_prompt() {
  local s=$?
  : "$((__lw_p+=1))"
  __lw_state P "$s"
  builtin printf '${d}${markText('A', nonce, '%s')}' "$s" "$__lw_p"
  __lw_fix
  ${generationLine('LABWALK_COMMAND+1')}
  ${pty ? 'builtin trap __lw_asked WINCH' : ''}
  return $s
}
__lw_pc='{ __lw_prompt; } ${out} 2>/dev/null'
__lw_ps0='${c}'

# Without PS0. A DEBUG trap that a function sets is undone in 3.2, so it is set in the string itself.
__lw_debug() {
  [ -n "$__lw_at" ] && [ -z "$COMP_LINE" ] && [ "$BASH_COMMAND" != __lw_asked ] || return 0
  __lw_at=
  case $BASH_COMMAND in __lw_prompt | __lw_state*) return 0 ;; esac
  builtin printf '${markText('C', nonce, '%s')}' "$((LABWALK_COMMAND+=1))" ${out}
}
[ "$__lw_v" -ge 404 ] || __lw_pc='{ __lw_prompt; trap "__lw_debug \\"\\$_\\" 2>/dev/null" DEBUG; __lw_at=1; } ${out} 2>/dev/null'

# PS0 is set only when it differs: bash 5.2 keeps a pointer to the old text while it prompts, and would print freed memory.
__lw_fix() {
  case $PS1 in
    *'B;${nonce}'*) ;;
    *) PS1='${ps1Start}'"$PS1"'${ps1End}' ;;
  esac
  [ "$PS0" = "$__lw_ps0" ] || PS0=$__lw_ps0
  if [ "$__lw_v" -ge 501 ]; then PROMPT_COMMAND[9]=$__lw_pc; else PROMPT_COMMAND=$__lw_pc; fi
  shopt -s promptvars
}

# Reads on to the head of this payload: a command that Ctrl-C cut off may have left its own unread.
__lw_find() {
  local h=
  while [ "$h" != "${headNonce(nonce)};$1" ]; do IFS= builtin read -r -d '' h || return; done
}

# Where the pipe is gone, nothing is done, and labwalk hears of that: not the command before once more. A shell without a file descriptor left
# can redirect nothing.
__lw_unread() {
  __lw_c='(\\exit 125)'
  builtin printf '${e}' "$1" ${out} || builtin printf '${e}' "$1"
}

__lw_b() {
  local s=$? t=
  __lw_c=
  {
    { __lw_find "$1" && IFS= builtin read -r -d '' t && __lw_c=$t && builtin history -s -- "$t"; } <>${quoteForShell(inward)}
    ${pty ? 'builtin trap - WINCH' : ''}
  } 2>/dev/null
  [ -n "$__lw_c" ] || __lw_unread "$1"
  return $s
}

__lw_d() {
  local s=$?
  { set +euxvn; ${restoreOutput}; __lw_fix; } 2>/dev/null
  ${restoreErrors}
  builtin printf '${d}' "$s" ${out}
  return $s
}

# A trace (set -x) would show the values; so it rests meanwhile.
__lw_set() {
  {
    builtin local __lw_s=$? __lw_x=$- __lw_t
    builtin set +xv
    { __lw_find "$1" && IFS= builtin read -r -d '' __lw_t; } <>${quoteForShell(inward)} || __lw_unread "$1"
    builtin eval "$__lw_t"
    __lw_fix
    case $__lw_x in *x*) builtin set -x ;; esac
    return $__lw_s
  } 2>/dev/null
}

__lw_ping() { local s=$?; __lw_k=$1; __lw_fix; return $s; }

# When labwalk is gone there is nobody to tell, and the pipe could fill up.
__lw_asked() { local s=$?; builtin kill -0 ${process.pid} && __lw_state Q "$s"; return $s; } 2>/dev/null
__lw_exit() { local s=$?; builtin kill -0 ${process.pid} && __lw_state X "$s"; } 2>/dev/null
trap __lw_exit EXIT

${pty ? completion : ''}
${options.screen ? virtualEnvironment : ''}
__lw_fix
`;
}

/** Where the shell keeps its output in the fall-back without a pseudo-terminal. A number that scripts hardly use. */
const savedOutput = 57;

/** Completion of options and the like, read at the first Tab: it would cost the start some 100 ms. */
const completion = `__lw_load() {
  unset -f __lw_load
  complete -r -D
  . /usr/share/bash-completion/bash_completion && return 124
}
[ "$__lw_v" -ge 402 ] && [ -r /usr/share/bash-completion/bash_completion ] && complete -D -F __lw_load`;

/**
 * A shell that begins within an activated Python environment shows that as after `source …/activate`: the prompt has its name in front, and
 * `deactivate` leaves it. The `_OLD_…` variables are those of `activate`, which puts them back before it changes anything.
 */
const virtualEnvironment = `if [ -f "$VIRTUAL_ENV/bin/activate" ]; then
  _OLD_VIRTUAL_PS1=$PS1 _OLD_VIRTUAL_PATH=\${PATH//"$VIRTUAL_ENV/bin:"/}
  PS1="(\${VIRTUAL_ENV##*/}) $PS1"
  deactivate() { . "$VIRTUAL_ENV/bin/activate" && deactivate; }
fi`;

/** What the fall-back shell runs in place of bash's own reading: a line from descriptor 3, with the same marks and messages around it. */
export function pipesLoop(file: string, nonce: string): string {
  const out = `>&${savedOutput}`;
  const prompt = `__lw_prompt ${out} 2>/dev/null; builtin printf '${markText('B', nonce, '0')}' ${out}`;
  const start = `builtin printf '${markText('C', nonce, '%s')}' "$((LABWALK_COMMAND+=1))" ${out}`;
  return `. ${quoteForShell(file)}; shopt -s expand_aliases; ${prompt}; while IFS= builtin read -r __lw_x <&3; do ${start}; builtin eval "$__lw_x" 3<&-; ${prompt}; done`;
}

/** A word of shell that stands for exactly this text. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
