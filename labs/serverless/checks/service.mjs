/**
 * The learner's serverless.yml with all its variables replaced, and the line of each value. The file is read here, which is quick; only where
 * a variable stands in what the checks look at, the framework itself is asked, which takes seconds.
 */
/* global $, fs, path */
import { workspace } from '../../common/checks/learners-python.mjs';
import { readWithLines } from '../../common/checks/yaml-lines.mjs';

export const project = path.join(workspace, 'myapp');
export const shown = 'myapp/serverless.yml';
const LOOKED_AT = ['service', 'plugins', 'package', 'functions'];

/** @returns {Promise<{ service: Record<string, unknown>, lineOf: (keys: (string | number)[]) => number } | { verdict: object }>} */
export async function readService() {
  const file = path.join(project, 'serverless.yml');
  if (!fs.existsSync(file))
    return { verdict: { expected: `a file ${shown}`, actual: 'it is not there', try: 'Write the file as the step shows it.' } };
  const { value, lineOf, mistake } = readWithLines(fs.readFileSync(file, 'utf8'));
  if (mistake)
    return {
      verdict: { expected: 'YAML', actual: mistake.message, try: `Look at line ${mistake.line} of ${shown} and the one above it.` },
    };
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return {
      verdict: { expected: 'service, provider and functions', actual: 'none of them', try: `Write ${shown} as the step shows it.` },
    };
  const hasVariable = LOOKED_AT.some((key) => (JSON.stringify(value[key]) ?? '').includes('${'));
  if (!hasVariable) return { service: value, lineOf };
  const result = await $({ cwd: project, nothrow: true, quiet: true })`serverless print --format json`;
  if (result.exitCode === 0) return { service: JSON.parse(result.stdout.slice(result.stdout.indexOf('{'))), lineOf };
  return { verdict: explainError(`${result.stdout}\n${result.stderr}`) };
}

/** What stands below `Error:`, with the line where the framework names one. */
function explainError(text) {
  const said = (/Error:?\n([\s\S]+?)(\n\n|$)/.exec(text)?.[1] ?? text).trim();
  const line = /serverless\.yml" \((\d+):\d+\)/.exec(said)?.[1];
  const advice = line
    ? `Look at line ${line} of ${shown} and the one above it.`
    : 'Run serverless print in the project, and read what it says.';
  return { expected: 'a serverless.yml that the framework understands', actual: said, try: advice };
}
