import type { CheckContext } from '../check.ts';
import { lastLine } from '../texts/quote.ts';
import { runProgram } from '../run-program.ts';
import { unknown, type SyntaxVerdict } from './syntax-verdict.ts';

const PATIENCE = 20_000;

/** Looks at a JavaScript file, or at the text of a module, with `node --check`, which runs nothing of it. */
export async function checkJavaScript(
  source: { file: string } | { text: string },
  { env, workspace, signal }: Pick<CheckContext, 'env' | 'directory' | 'workspace' | 'signal'>,
): Promise<SyntaxVerdict> {
  // NODE_OPTIONS could load other code first
  const { NODE_OPTIONS: _, ...rest } = env;
  const result = await runProgram(process.execPath, {
    ...('file' in source ? { args: ['--check', source.file] } : { args: ['--check', '--input-type=module', '-'], input: source.text }),
    directory: workspace,
    env: rest,
    signal,
    timeout: PATIENCE,
  });
  if (result.ended === 'done' && result.status === 0) return { kind: 'good' };
  if (result.ended !== 'done') return unknown('Node.js could not look at it', 'Check the step again.');
  return readReport(result.stderr);
}

/** Node prints `FILE:LINE`, the source line, a line of carets, and `SyntaxError: …`. */
function readReport(report: string): SyntaxVerdict {
  const lines = report.split('\n');
  const error = lines.find((line) => /^\w*Error\b/.test(line));
  const line = Number(/:(\d+)$/.exec(lines[0] ?? '')?.[1] ?? 1);
  const caret = lines.find((each) => /^\s*\^+\s*$/.test(each))?.indexOf('^');
  const message = error?.replace(/^SyntaxError: /, '') ?? lastLine(report) ?? 'Node.js does not understand it';
  return { kind: 'mistake', mistake: { line, message, ...(caret === undefined ? {} : { column: caret + 1 }) } };
}
