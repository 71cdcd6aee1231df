/**
 * Which routes the app has, as Chalice itself sees them after it has read app.py: however the file is written, this counts.
 * Prints a verdict for labwalk's script check where one is missing.
 */
import { judgeApp } from '../../common/checks/learners-python.mjs';

const wanted = [
  { method: 'GET', path: '/users/{}', shown: '/users/{name}', line: "@app.route('/users/{name}', methods=['GET'])" },
  { method: 'POST', path: '/users', shown: '/users', line: "@app.route('/users', methods=['POST'])" },
];

const ask = `
import json, os, sys
sys.path.append(os.path.abspath('vendor'))  # as Chalice does
import app, chalice
found = getattr(app, 'app', None)
others = [name for name, value in vars(app).items() if isinstance(value, chalice.Chalice)]
routes = {path: sorted(methods) for path, methods in found.routes.items()} if isinstance(found, chalice.Chalice) else None
print(json.dumps({'routes': routes, 'others': others}))
`;
await judgeApp('myapp', ask, judge);

function judge({ routes, others }) {
  if (!routes) {
    const [other] = others;
    return {
      expected: 'a Chalice app in the variable app',
      actual: other === undefined ? 'app.py has none' : `app.py has it in the variable ${other}`,
      try: "Chalice looks for the name app, on this machine and on Lambda. Write app = Chalice(app_name='myapp'), and @app.route for each route.",
    };
  }
  const found = Object.entries(routes).flatMap(([route, methods]) => methods.map((method) => ({ method, route })));
  const withoutNames = ({ route }) => route.replace(/\{\w*\}/g, '{}');
  for (const { method, path: route, shown, line } of wanted) {
    const same = found.filter((one) => withoutNames(one) === route);
    if (same.some((one) => one.method === method)) continue;
    const methods = same.map((one) => one.method);
    return {
      expected: `a route that takes ${method} for ${shown}`,
      actual: same.length > 0 ? `${same[0].route} takes ${methods.join(' and ')}` : `the routes are ${[...new Set(found.map((one) => one.route))].join(', ')}`,
      try: same.length > 0 ? adviseMethod(method, methods, line) : advisePath(shown, found, line),
    };
  }
  return undefined;
}

function adviseMethod(method, methods, line) {
  // a text is a list of its letters
  if (methods.every((each) => each.length === 1)) return `methods needs a list, with brackets around the name: ${line}`;
  return `Write ${method} in its methods: ${line}`;
}

/** A route that is nearly the one wanted is named with what is different. */
function advisePath(shown, found, line) {
  const simplify = (route) => route.replace(/[<{]\s*(?:\w+:)?\w+\s*[>}]|:\w+/g, '{}').replace(/^\/*/, '/').replace(/\/*$/, '').toLowerCase();
  const near = found.map(({ route }) => route).find((route) => simplify(route) === simplify(shown));
  if (near === undefined) return `Add the route, and save the file: ${line}`;
  const differences = [
    [/<.*>/, 'Chalice writes a parameter in braces: {name}.'],
    [/:\w/, 'Chalice writes a parameter in braces: {name}.'],
    [/\{\s|\s\}/, 'There must be no space inside the braces.'],
    [/^[^/]/, 'A route begins with a slash.'],
    [/.\/$/, 'A route must not end with a slash: API Gateway has no such paths.'],
  ];
  const why = differences.find(([pattern]) => pattern.test(near))?.[1] ?? 'Compare it letter by letter.';
  return `${near} is nearly it. ${why} Write: ${line}`;
}
