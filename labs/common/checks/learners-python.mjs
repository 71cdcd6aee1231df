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

/** Seconds that a program may take to be imported. Below the time of a script check, so that the check can still say why. */
const PATIENCE = 40;

/**
 * Ends the check with what `judge` says of the JSON that the Python code `ask` prints in the project, or with what is wrong with its app.py.
 * Throws where `ask` itself fails: that is no mistake of the learner's.
 */
export async function judgeApp(project, ask, judge, seconds = PATIENCE) {
  const folder = path.join(workspace, project);
  if (!fs.existsSync(path.join(folder, 'app.py'))) {
    return end({ expected: `a file ${project}/app.py`, actual: 'there is none', try: `Save your app as ${project}/app.py.` });
  }
  const asker = path.join(import.meta.dirname, 'ask.py');
  const options = { cwd: folder, nothrow: true, quiet: true, stdio: ['ignore', 'pipe', 'pipe'] };
  const result = await $(options)`${python} -B ${asker} ${ask} ${seconds}`;
  const said = result.stdout === '' ? { error: `Python ended while it imported app.py: ${lastLine(result.stderr)}` } : JSON.parse(result.stdout);
  if (said.answer !== undefined) return end(judge(JSON.parse(said.answer)));
  const isOwn = said.file !== undefined || said.kind === undefined || said.kind === 'SystemExit' || UNREADABLE.test(said.kind);
  if (!isOwn) throw new Error(said.error);
  end(explainError(said, project));
}

const UNREADABLE = /^(Syntax|Indentation|Tab)Error$/;

/** What is wrong with a program that can't be imported, and the place of the learner's that it comes from. */
function explainError({ error, kind, file, line, missing }, project) {
  const expected = 'an app.py that Python can run';
  if (line === undefined && UNREADABLE.test(kind)) return { expected, actual: error, try: "Python can't read app.py yet. Fix that first." };
  if (line === undefined) return { expected, actual: error, try: `Run it by itself in ${project}, and read what it says: python -c "import app"` };
  const place = `line ${line} of ${project}/${file}`;
  const hiding = /^ImportError: cannot import name '\w+' from (?:partially initialized module )?'(\w+)'.* \((.+?)\)/.exec(error);
  const hidden = hiding && path.relative(path.join(workspace, project), hiding[2]) === `${hiding[1]}.py` && hiding[1];
  if (hidden && hidden !== 'app') {
    return { expected, actual: error, try: `${project}/${hidden}.py hides the module ${hidden} that ${place} needs. Give your file another name.` };
  }
  if (missing !== undefined) {
    return { expected, actual: error, try: `Look at ${place}. Is ${missing.split('.')[0]} spelled right, and installed in the lab's environment?` };
  }
  if (UNREADABLE.test(kind)) return { expected, actual: error, try: `Fix ${place} first: Python can't read it.` };
  return { expected, actual: error, try: `Look at ${place}.` };
}

/** Of a traceback the error itself, of what a program printed what came after all else. */
export const lastLine = (text) => text.trim().split('\n').at(-1) || 'it ended without a word';
