/**
 * Runs a Python check from this folder with the lab's own environment, in the album's folder. Its last line is the verdict, as JSON, or
 * nothing where all is well; an exception in the learner's code is told with its place.
 */
/* global $, argv, path, process */
import { end, python, workspace } from '../../common/checks/learners-python.mjs';
import { explainTraceback } from '../../common/checks/tracebacks.mjs';

const project = path.join(workspace, 'cloudalbum');
/** What the learner writes; all else came with the lab. */
const written = ['chalicelib/models/users.py', 'chalicelib/thumbnails.py', 'chalicelib/routes/search.py'];
const check = path.join(import.meta.dirname, argv._[0]);
const env = { ...process.env, PYTHONPATH: [project, path.join(project, 'vendor'), import.meta.dirname].join(path.delimiter) };
const result = await $({ cwd: project, env, nothrow: true, quiet: true })`${python} -B ${check}`;
end(result.exitCode === 0 ? result.stdout.trim() : explainTraceback(result.stderr, { project, shown: 'cloudalbum', written }));
