import type { CheckContext } from '../check.ts';
import { parseJson } from '../texts/find-json.ts';
import { lastLine, quote } from '../texts/quote.ts';
import { findOnPath, runProgram } from '../run-program.ts';
import { unknown, type SyntaxVerdict } from './syntax-verdict.ts';

/**
 * Compiles a file to a syntax tree only: nothing is run and no .pyc is written. The file is given as bytes, so that Python itself
 * reads its encoding. Column 0 means that Python does not know it.
 */
const PROGRAM = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
try:
    with open(sys.argv[1], "rb") if len(sys.argv) > 1 else sys.stdin.buffer as file:
        compile(file.read(), "file", "exec", ast.PyCF_ONLY_AST, True)
    print(json.dumps({"good": True}))
except SyntaxError as error:
    print(json.dumps({"line": error.lineno or 1, "column": error.offset or 0, "message": str(error.msg)}))
except (ValueError, RecursionError, MemoryError) as error:
    print(json.dumps({"line": 1, "column": 0, "message": str(error) or type(error).__name__}))
`;

const PATIENCE = 20_000;

/** Looks at a Python file, or at a text, with the Python of the lab's terminal, since what is right depends on its version. */
export async function checkPython(
  source: { file: string } | { text: string },
  { env, directory, workspace, signal }: Pick<CheckContext, 'env' | 'directory' | 'workspace' | 'signal'>,
): Promise<SyntaxVerdict> {
  const python = (await findOnPath('python3', env['PATH'], directory)) ?? (await findOnPath('python', env['PATH'], directory));
  if (python === undefined)
    return unknown('python3 is not found on PATH', 'Install Python 3, or switch on the virtual environment of this lab.');
  // -I: a learner's own json.py must not be taken for Python's
  const result = await runProgram(python, {
    args: ['-I', '-B', '-c', PROGRAM, ...('file' in source ? [source.file] : [])],
    ...('text' in source ? { input: source.text } : {}),
    directory: workspace,
    env,
    signal,
    timeout: PATIENCE,
  });
  if (result.ended === 'stopped') return unknown('the check was stopped before it had an answer', 'Check the step again.');
  const answer = parseJson(result.stdout);
  if (!answer.ok) {
    const last = lastLine(result.stderr) ?? result.message;
    return unknown(
      `${python} could not look at it${last === undefined ? '' : `: ${quote(last)}`}`,
      'Type python3 --version to see whether Python works in this terminal.',
    );
  }
  const { good, line = 1, column = 0, message = '' } = answer.value as { good?: true; line?: number; column?: number; message?: string };
  if (good) return { kind: 'good' };
  return { kind: 'mistake', mistake: { line, message, ...(column > 0 ? { column } : {}) } };
}
