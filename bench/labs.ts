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

/** A numbered paragraph on each second line. */
const numberedText = (lines: number) =>
  Array.from({ length: lines / 2 }, (_, i) => `Paragraph ${String(i + 1).padStart(5, '0')} of this step.\n`).join('\n');

/**
 * A step of so many lines of Markdown, beside a service that logs so many lines a second; a further step to print a flood; and as many
 * trivial ones as are wanted.
 */
export const loggingLab = (textLines: number, linesPerSecond: number, trivialSteps = 0) => `${front('A busy service')}
### Watch the log

\`\`\`sh service=logger ready=log:"line"
node -e 'let n = 0; setInterval(() => { let text = ""; for (let i = 0; i < ${linesPerSecond / 50}; i++) text += "line " + ++n + " of the log, as long as such lines are\\n"; process.stdout.write(text); }, 20)'
\`\`\`

\`\`\`yaml check
- log: { service: logger, contains: line }
\`\`\`

${numberedText(textLines)}

### Print a million lines

\`\`\`sh run
seq 1000000
\`\`\`

\`\`\`yaml check
- status: 0
\`\`\`
${Array.from({ length: trivialSteps }, (_, i) => trivialStep(i)).join('')}`;
