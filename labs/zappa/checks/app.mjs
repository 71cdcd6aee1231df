/**
 * Which routes the app has, as Flask itself sees them after it has read app.py: however the file is written, this counts. With the argument
 * `users` the routes of the users are wanted, too. Prints a verdict for labwalk's script check where one is missing.
 */
/* global argv */
import { judgeApp } from '../../common/checks/learners-python.mjs';

const hello = { method: 'GET', path: '/', shown: '/', line: "@app.route('/')" };
const users = [
  { method: 'GET', path: '/users/<>', shown: '/users/<name>', line: "@app.route('/users/<name>', methods=['GET'])" },
  { method: 'POST', path: '/users', shown: '/users', line: "@app.route('/users', methods=['POST'])" },
];
const wanted = argv._.includes('users') ? [hello, ...users] : [hello];

const ask = `
import json, app, flask
found = getattr(app, 'app', None)
rules = found.url_map.iter_rules() if isinstance(found, flask.Flask) else None
print(json.dumps(rules and [[rule.rule, sorted(rule.methods - {'HEAD', 'OPTIONS'})] for rule in rules]))
`;
await judgeApp('myzappa', ask, judge);

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
