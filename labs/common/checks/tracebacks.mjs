/** A Python traceback as a verdict for labwalk: the learner's own line in it, or that the check itself has failed. */

/**
 * @param {string} text What Python printed to stderr.
 * @param {{ project: string, shown: string, written?: string[] }} place `project`: the absolute folder of the learner's code; `shown`: how people
 *   know it; `written`: the files in it that the learner writes, all where it is left out. What goes wrong in another one gets no advice here, so
 *   that the lab's counts.
 * @example explainTraceback('…File "/w/myapp/app.py", line 3…\nNameError: x', { project: '/w/myapp', shown: 'myapp' }).try // Look at line 3 of myapp/app.py.
 */
export function explainTraceback(text, { project, shown, written }) {
  const frames = [...text.matchAll(/File "([^"]+)", line (\d+)/g)]
    .filter(([, file]) => file.startsWith(`${project}/`))
    .map(([, file, line]) => ({ file: file.slice(project.length + 1), line }))
    .filter(({ file }) => !/(^|\/)(\.venv|site-packages)\//.test(file));
  const error = findError(text);
  if (frames.length === 0) return { expected: 'a check that runs to its end', actual: error, try: OWN_FAILURE };
  const own = frames.filter(({ file }) => !written || written.includes(file)).at(-1);
  if (own) return { expected: 'code that runs', actual: error, try: `Look at line ${own.line} of ${shown}/${own.file}.` };
  const { file, line } = frames.at(-1);
  return { expected: 'code that runs', actual: `${error} (${shown}/${file}, line ${line})` };
}

const OWN_FAILURE = 'The check itself has failed, which is no mistake of yours. Check again; if it fails once more, tell the author of the lab.';

/** The error itself: the last line that begins at the margin as one does, since its message may have several lines. */
function findError(text) {
  const lines = text.trim().split('\n');
  return (lines.findLast((line) => /^[A-Za-z_][\w.]*(:|$)/.test(line)) ?? lines.at(-1) ?? '').trim() || 'it ended without a word';
}
