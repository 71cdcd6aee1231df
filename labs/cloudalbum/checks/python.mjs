/**
 * Runs a Python check from this folder with the lab's own environment, in the album's folder. Its last line is the verdict, as JSON, or
 * nothing where all is well; an exception in the learner's code is told with its place.
 */
/* global $, argv, path, process */
import { end, lastLine, python, workspace } from '../../common/checks/learners-python.mjs';

const project = path.join(workspace, 'cloudalbum');
const check = path.join(import.meta.dirname, argv._[0]);
const env = { ...process.env, PYTHONPATH: [project, path.join(project, 'vendor'), import.meta.dirname].join(path.delimiter) };
const result = await $({ cwd: project, env, nothrow: true, quiet: true })`${python} -B ${check}`;
end(result.exitCode === 0 ? result.stdout.trim() : explain(result.stderr));

/** The last line of a traceback, and the last place in it that is in the learner's own files. */
function explain(text) {
  const place = [...text.matchAll(/File "([^"]+)", line (\d+)/g)].filter(([, file]) => file.startsWith(`${project}/`)).at(-1);
  return {
    expected: 'code that runs',
    actual: lastLine(text),
    try: place
      ? `Look at line ${place[2]} of cloudalbum/${path.relative(project, place[1])}.`
      : 'Compare your file with the text of the step, and save it.',
  };
}
