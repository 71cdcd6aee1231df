/**
 * Which routes the app has, as Chalice itself sees them after it has read app.py: however the file is written, this counts.
 * Prints a verdict for labwalk's script check where one is missing.
 */
/* global $, fs, path, process */
const wanted = [
  { method: 'GET', path: '/users/{}', shown: '/users/{name}', line: "@app.route('/users/{name}', methods=['GET'])" },
  { method: 'POST', path: '/users', shown: '/users', line: "@app.route('/users', methods=['POST'])" },
];

const workspace = process.env.LABWALK_WORKSPACE;
const own = path.join(workspace, '.venv/bin/python');
const python = fs.existsSync(own) ? own : 'python3';
const ask = 'import json, app; print(json.dumps({path: sorted(found) for path, found in app.app.routes.items()}))';
const result = await $({ cwd: path.join(workspace, 'myapp'), nothrow: true, quiet: true })`${python} -B -c ${ask}`;
const verdict = result.exitCode === 0 ? judge(JSON.parse(result.stdout.trim().split('\n').at(-1))) : explainError(result.stderr);
if (verdict) {
  console.log(JSON.stringify(verdict));
  process.exitCode = 1;
}

function judge(routes) {
  const found = Object.entries(routes).flatMap(([route, methods]) => methods.map((method) => ({ method, route })));
  const withoutNames = ({ route }) => route.replace(/\{\w*\}/g, '{}');
  for (const { method, path: route, shown, line } of wanted) {
    const same = found.filter((one) => withoutNames(one) === route);
    if (same.some((one) => one.method === method)) continue;
    const methods = same.map((one) => one.method).join(' and ');
    return {
      expected: `a route that takes ${method} for ${shown}`,
      actual: same.length > 0 ? `${same[0].route} takes ${methods}` : `the routes are ${found.map((one) => one.route).join(', ')}`,
      try: same.length > 0 ? `Write ${method} in its methods: ${line}` : `Add the route, and save the file: ${line}`,
    };
  }
  return undefined;
}

/** The last line of a traceback, and the last place in it that is in the learner's own file. */
function explainError(text) {
  const line = [...text.matchAll(/app\.py", line (\d+)/g)].at(-1)?.[1];
  return {
    expected: 'an app.py that Python can run',
    actual: text.trim().split('\n').at(-1) ?? 'it ended without a word',
    try: line ? `Look at line ${line} of myapp/app.py.` : 'Run python -m py_compile app.py, and read what it says.',
  };
}
