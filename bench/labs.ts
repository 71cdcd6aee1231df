/** Labs made for benchmarks. */
import fs from 'node:fs';
import path from 'node:path';

const front = (title: string) => `---\ntitle: ${title}\nsummary: Made for a benchmark.\nduration: 1m\n---\n\n# ${title}\n\n## Steps\n`;

const trivialStep = (n: number) => `
### Step ${n}

Say a number.

\`\`\`sh run
echo step ${n}
\`\`\`

\`\`\`yaml check
- output: { equals: step ${n} }
\`\`\`
`;

export const trivialLab = (steps: number) => front(`${steps} steps`) + Array.from({ length: steps }, (_, i) => trivialStep(i)).join('');

export const floodLab = (lines: number) => `${front('A flood')}
### Print

\`\`\`sh run
seq ${lines}
\`\`\`

\`\`\`yaml check
- status: 0
\`\`\`
`;

/** Writes a lab into a folder of its own and returns the file. */
export function writeLab(folder: string, name: string, text: string): string {
  const file = path.join(folder, name, 'lab.md');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}
