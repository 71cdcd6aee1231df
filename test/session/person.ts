/** A person for tests of questions: a home of their own, and answers given beforehand. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { checksByName } from '../../src/checks/index.ts';
import { parseLab } from '../../src/lab/parse-lab.ts';
import type { Lab } from '../../src/lab/types.ts';
import type { Choice, Question } from '../../src/walk/walk-types.ts';

/** A home folder that goes away with the test. */
export function makeHome(): string {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-home-'));
  onTestFinished(() => fs.rmSync(home, { recursive: true, force: true }));
  return home;
}

/** Answers with these, in order, and keeps what was asked. An answer too few is a failure. */
export function makePerson(answers: readonly unknown[]) {
  const left = [...answers];
  const asked: { title: string; lines: readonly string[] }[] = [];
  const answer = (question: Question | Choice): unknown => {
    asked.push(question);
    if (left.length === 0) throw new Error(`nobody expected the question "${question.title}"`);
    return left.shift();
  };
  return {
    asked,
    choose: (question: Choice) => Promise.resolve(answer(question) as string | undefined),
    confirm: (question: Question) => Promise.resolve(answer(question) as boolean),
  };
}

/** A lab from its text below the title. */
export function labOf(steps: string, files: Record<string, string> = {}, file = '/elsewhere/hello/lab.md'): Lab {
  const text = `---\ntitle: Test\nsummary: For a test.\nduration: 1m\n---\n\n# Test\n\n## Task\n\n${steps}`;
  const read = (name: string) => {
    const found = name === file ? text : files[path.relative(path.dirname(file), name)];
    if (found === undefined) throw new Error(`no file ${name}`);
    return found;
  };
  const { lab, problems } = parseLab(file, { read, checks: checksByName });
  if (!lab) throw new Error(problems.map(({ what }) => what).join('\n'));
  return lab;
}

/** A fence of three backticks, so that labs can be written as template strings. */
export const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n\n`;
