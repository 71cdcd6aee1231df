/**
 * Which routes the app has, as Flask itself sees them after it has read app.py: however the file is written, this counts. With the argument
 * `users` the routes of the users are wanted, too. Prints a verdict for labwalk's script check where one is missing.
 */
/* global $, argv, fs, path, process */
const hello = { method: 'GET', path: '/', shown: '/', line: "@app.route('/')" };
const users = [
  { method: 'GET', path: '/users/<>', shown: '/users/<name>', line: "@app.route('/users/<name>', methods=['GET'])" },
  { method: 'POST', path: '/users', shown: '/users', line: "@app.route('/users', methods=['POST'])" },
];
const wanted = argv._.includes('users') ? [hello, ...users] : [hello];

const workspace = process.env.LABWALK_WORKSPACE;
const own = path.join(workspace, '.venv/bin/python');
const python = fs.existsSync(own) ? own : 'python3';
const ask = `
import json, app, flask
found = getattr(app, 'app', None)
rules = found.url_map.iter_rules() if isinstance(found, flask.Flask) else None
print(json.dumps(rules and [[rule.rule, sorted(rule.methods - {'HEAD', 'OPTIONS'})] for rule in rules]))
`;
const result = await $({ cwd: path.join(workspace, 'myzappa'), nothrow: true, quiet: true })`${python} -B -c ${ask}`;
const verdict = result.exitCode === 0 ? judge(JSON.parse(result.stdout.trim().split('\n').at(-1))) : explainError(result.stderr);
if (verdict) {
  console.log(JSON.stringify(verdict));
  process.exitCode = 1;
}

function judge(rules) {
  if (!rules) {
    return { expected: 'a Flask app called app', actual: 'app.py has none', try: 'Write app = Flask(__name__) near the top of app.py.' };
  }
  // a parameter may have any name, and a type: <string:name>
  const found = rules.map(([route, methods]) => ({ route, methods, same: route.replace(/<[^>]*>/g, '<>') }));
  for (const { method, path: route, shown, line } of wanted) {
    const same = found.filter((one) => one.same === route);
    if (same.some(({ methods }) => methods.includes(method))) continue;
    return {
      expected: `a route that takes ${method} for ${shown}`,
      actual:
        same.length > 0
          ? `${same[0].route} takes ${same.flatMap(({ methods }) => methods).join(' and ')}`
          : `the routes are ${found.map((one) => one.route).join(', ')}`,
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
    try: line ? `Look at line ${line} of myzappa/app.py.` : 'Run python -m py_compile app.py, and read what it says.',
  };
}
