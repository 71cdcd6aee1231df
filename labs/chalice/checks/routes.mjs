/**
 * Which routes the app has, as Chalice itself sees them after it has read app.py: however the file is written, this counts.
 * Prints a verdict for labwalk's script check where one is missing.
 */
import { judgeApp } from '../../common/checks/learners-python.mjs';

const wanted = [
  { method: 'GET', path: '/users/{}', shown: '/users/{name}', line: "@app.route('/users/{name}', methods=['GET'])" },
  { method: 'POST', path: '/users', shown: '/users', line: "@app.route('/users', methods=['POST'])" },
];

const ask = 'import json, app; print(json.dumps({path: sorted(found) for path, found in app.app.routes.items()}))';
await judgeApp('myapp', ask, judge);

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
