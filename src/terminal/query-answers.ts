/**
 * Programs ask their terminal questions and wait for the answer: Chalice's prompt library waits five seconds for each that stays open. What a
 * terminal with a screen would say is said here when no screen is attached.
 */

/** A question, from its first byte on, and the answer. All are of xterm's documented control sequences. */
const answers: readonly [question: RegExp, answer: (found: RegExpExecArray) => string][] = [
  // where is the cursor? Nobody knows without a screen; who asks wants to hear anything at all, mostly
  // eslint-disable-next-line no-control-regex
  [/^\x1b\[6n/, () => '\x1b[1;1R'],
  // are you well?
  // eslint-disable-next-line no-control-regex
  [/^\x1b\[5n/, () => '\x1b[0n'],
  // what are you? a VT220 with colours
  // eslint-disable-next-line no-control-regex
  [/^\x1b\[0?c/, () => '\x1b[?62;22c'],
  // which program and version?
  // eslint-disable-next-line no-control-regex
  [/^\x1b\[>0?c/, () => '\x1b[>1;10;0c'],
  // eslint-disable-next-line no-control-regex
  [/^\x1b\[>0?q/, () => '\x1bP>|labwalk\x1b\\'],
];

/** Longer than every question: what a piece of output may end with and still become one. */
const LONGEST = 6;

/**
 * Takes a program's output as it comes and returns what a terminal would answer; nothing, nearly always.
 * @example createQueryAnswers()('\x1b[6n') // '\x1b[1;1R'
 */
export function createQueryAnswers(): (output: string) => string {
  let rest = '';
  return (output) => {
    const text = rest + output;
    let said = '';
    rest = '';
    for (let at = text.indexOf('\x1b'); at >= 0; at = text.indexOf('\x1b', at + 1)) {
      const part = text.slice(at, at + LONGEST + 1);
      const hit = answers.map(([question, answer]) => [question.exec(part), answer] as const).find(([found]) => found);
      if (hit?.[0]) said += hit[1](hit[0]);
      else if (at + LONGEST > text.length) {
        rest = text.slice(at);
        break;
      }
    }
    return said;
  };
}
