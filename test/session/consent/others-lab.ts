/** A lab from elsewhere with real files, for tests of what a person agrees to. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openAgreedLab, type AgreedLab } from '../../../src/session/consent/open-agreed-lab.ts';
import type { Arguments } from '../../../src/command-line.ts';
import type { Io } from '../../../src/session/io.ts';
import type { Learner } from '../../../src/walk/walk-types.ts';
import { fence } from '../person.ts';

export interface OthersLab {
  /** A folder of the test's own: the lab is in `hello` in it, unless the files say otherwise. */
  folder: string;
  /** Path of its Markdown file. */
  file: string;
  workspace: string;
  env: Record<string, string>;
  write(name: string, content: string): void;
  /** Opens it as `labwalk start` does; the person gives these answers. */
  open(...answers: boolean[]): Promise<{ agreed: AgreedLab | undefined; asked: { title: string; lines: readonly string[] }[] }>;
  /** Paths of all files that the person agrees to, from the lab's folder on. */
  files(): Promise<string[]>;
}

export const oneStep = `### One\n\n${fence('sh run', 'python3 "$LABWALK_LAB"/files/do.py')}${fence('yaml check', '- script: checks/ok.mjs')}`;

/** @param files beside the lab, or elsewhere by `../` */
export function makeOthersLab({
  steps = oneStep,
  front = '',
  files = {},
  at = 'hello/lab.md',
}: { steps?: string; front?: string; files?: Record<string, string>; at?: string } = {}): OthersLab {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-others-')));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, at);
  const write = (name: string, content: string) => {
    const target = path.resolve(path.dirname(file), name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
  };
  write(path.basename(at), `---\ntitle: Test\nsummary: For a test.\nduration: 1m\n${front}---\n\n# Test\n\n## Task\n\n${steps}`);
  for (const [name, content] of Object.entries(files)) write(name, content);
  const workspace = path.join(folder, 'work');
  const env = { HOME: path.join(folder, 'home'), XDG_CACHE_HOME: path.join(folder, 'cache') };
  const open: OthersLab['open'] = async (...answers) => {
    const asked: { title: string; lines: readonly string[] }[] = [];
    const learner = {
      confirm(question: { title: string; lines: readonly string[] }) {
        asked.push(question);
        const answer = answers[asked.length - 1];
        if (answer === undefined) throw new Error(`nobody expected the question "${question.title}":\n${question.lines.join('\n')}`);
        return Promise.resolve(answer);
      },
    };
    const options = {
      learner: learner as unknown as Learner,
      args: { workspace } as Arguments,
      io: { env, root: root, cwd: folder } as unknown as Io,
    };
    return { agreed: await openAgreedLab(file, options), asked };
  };
  return {
    ...{ folder, file, workspace, env, write, open },
    async files() {
      const { agreed } = await open(true);
      return [...(agreed?.snapshot.files.keys() ?? [])].map((name) => path.relative(path.dirname(file), name)).sort();
    },
  };
}

const root = path.resolve(import.meta.dirname, '../../..');
