/** The learner's own Python asked about their own code: for script checks of labs. */
/* global $, fs, path, process */

export const workspace = process.env.LABWALK_WORKSPACE;

const own = path.join(workspace, '.venv/bin/python');

/** That of the lab's virtual environment where there is one. */
export const python = fs.existsSync(own) ? own : 'python3';

/** How a check ends: with a verdict for labwalk, as JSON, or content. */
export function end(verdict) {
  if (!verdict) return;
  console.log(typeof verdict === 'string' ? verdict : JSON.stringify(verdict));
  process.exitCode = 1;
}

/** Ends the check with what `judge` says of the JSON that the Python code `ask` prints in the project, or with what is wrong with its app.py. */
export async function judgeApp(project, ask, judge) {
  const result = await $({ cwd: path.join(workspace, project), nothrow: true, quiet: true })`${python} -B -c ${ask}`;
  end(result.exitCode === 0 ? judge(JSON.parse(lastLine(result.stdout))) : explainError(result.stderr, project));
}

/** The last line of a traceback, and the last place in it that is in the learner's own file. */
function explainError(text, project) {
  const line = [...text.matchAll(/app\.py", line (\d+)/g)].at(-1)?.[1];
  return {
    expected: 'an app.py that Python can run',
    actual: lastLine(text),
    try: line ? `Look at line ${line} of ${project}/app.py.` : 'Run python -m py_compile app.py, and read what it says.',
  };
}

/** Of a traceback the error itself, of what a program printed what came after all else. */
export const lastLine = (text) => text.trim().split('\n').at(-1) ?? 'it ended without a word';
