/** Lines that were copied along with the code, or in place of it. */
import { linesWith, nameLines, type Damage, type FindDamage } from './damage.ts';

/** The frame around code in Markdown. */
const FENCE = /^\s*(```|~~~)[\w{}.=, -]*$/;

const findFence: FindDamage = (lines, { line }) => {
  const fences = linesWith(lines, (each) => FENCE.test(each));
  const [first] = fences;
  if (first === undefined) return undefined;
  const at = fences.includes(line) ? line : first;
  const mark = FENCE.exec(lines[at - 1]!)![1]!;
  return {
    mistake: {
      line: at,
      column: 1,
      message: `${mark} is the frame around code in Markdown and belongs to the page, not to the code`,
      advise: (path) => `Delete ${nameLines(fences)} of ${path}.`,
    },
    repaired: blank(lines, (each) => FENCE.test(each)),
  };
};

/** `$ `, `(.venv) $ `, `ann@laptop:~/lab$ `. */
const SHELL_PROMPT = /^\s*(?:\([\w. -]+\)\s*)?(?:[\w.-]+@[\w.-]+[:\s][\w~/. -]*)?[$%] (?=\S)/;

const findShellPrompt: FindDamage = (lines, { line }) => {
  const prompt = SHELL_PROMPT.exec(lines[line - 1] ?? '')?.[0].trim();
  if (prompt === undefined) return undefined;
  return {
    mistake: {
      line,
      column: 1,
      message: `"${prompt} " is the prompt of a terminal, so this is a command and not code`,
      advise: (path) =>
        `Delete ${nameLines(linesWith(lines, (each) => SHELL_PROMPT.test(each)))} of ${path}. Commands belong in the terminal.`,
    },
    repaired: blank(lines, (each) => SHELL_PROMPT.test(each)),
  };
};

const PYTHON_PROMPT = /^\s*(?:>>>|\.\.\.)(?: |$)/;

const findPythonPrompt: FindDamage = (lines, { line }) => {
  const source = lines[line - 1] ?? '';
  if (!PYTHON_PROMPT.test(source)) return undefined;
  const prompted = linesWith(lines, (each) => PYTHON_PROMPT.test(each));
  return {
    mistake: {
      line,
      column: 1,
      message: `${source.trim().slice(0, 3)} is the prompt of Python's own shell, not code`,
      advise: (path) => `Delete the prompt at the beginning of ${nameLines(prompted)} of ${path}, and the space behind it.`,
    },
    repaired: lines.map((each) => each.replace(PYTHON_PROMPT, '')).join('\n'),
  };
};

const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$/;

const findConflict: FindDamage = (lines) => {
  const marks = linesWith(lines, (each) => CONFLICT.test(each));
  const [first] = marks;
  if (first === undefined || marks.length < 2) return undefined;
  return {
    mistake: {
      line: first,
      column: 1,
      message: `${lines[first - 1]!.slice(0, 7)} is a mark of Git around two versions that it could not merge`,
      advise: (path) => `Keep one of the two versions, and delete the other with ${nameLines(marks)} of ${path}.`,
    },
    repaired: blank(lines, (each) => CONFLICT.test(each)),
  };
};

const ENTITIES: Record<string, string> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#x27': "'",
  '#34': '"',
  nbsp: ' ',
};
const ENTITY = new RegExp(`&(${Object.keys(ENTITIES).join('|')});`, 'g');

const findEntity: FindDamage = (lines, { line }): Damage | undefined => {
  const source = lines[line - 1] ?? '';
  const found = [...source.matchAll(ENTITY)][0];
  if (!found) return undefined;
  const [entity, name] = found;
  return {
    mistake: {
      line,
      column: found.index + 1,
      message: `${entity} is how HTML writes ${ENTITIES[name!] === ' ' ? 'a space' : ENTITIES[name!]}`,
      advise: (path) =>
        `Line ${line} of ${path} was copied from the source of a page. Write ${ENTITIES[name!] === ' ' ? 'a space' : ENTITIES[name!]} for ${entity}.`,
    },
    repaired: lines
      .with(
        line - 1,
        source.replace(ENTITY, (_, each: string) => ENTITIES[each]!),
      )
      .join('\n'),
  };
};

export const findPastes: readonly FindDamage[] = [findFence, findShellPrompt, findPythonPrompt, findConflict, findEntity];

const blank = (lines: readonly string[], drop: (line: string) => boolean) => lines.map((line) => (drop(line) ? '' : line)).join('\n');
