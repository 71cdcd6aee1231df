/** What Flask's own router says to the requests of the lab: values in, a verdict out. */

/**
 * @typedef {{ rule: string, methods: string[], file?: string, line?: number }} Rule `file` and `line` are the view's, where it is the learner's.
 * @typedef {{ method: string, path: string, result: 'taken' | 'redirected' | 'refused' | 'unknown', rule?: number }} Probe `rule`: the one that takes it.
 */
const HELLO = [{ method: 'GET', path: '/', shown: '/', line: "@app.route('/')" }];
const USERS = [
  { method: 'GET', path: '/users/Grace', shown: '/users/<name>', line: "@app.route('/users/<name>', methods=['GET'])", alone: 'POST' },
  { method: 'POST', path: '/users', shown: '/users', line: "@app.route('/users', methods=['POST'])", alone: 'PUT' },
];

/** The requests that the app must take in a step; `alone` is a method that it must refuse for the same path. */
export const wantedRequests = (words) => (words.includes('users') ? [...HELLO, ...USERS] : HELLO);

/** All that Flask is to be asked. */
export const probesFor = (wanted) => wanted.flatMap(({ method, path, alone }) => [[method, path], ...(alone ? [[alone, path]] : [])]);

/**
 * The first request that Flask's router would answer in another way.
 *
 * @param {ReturnType<typeof wantedRequests>} wanted
 * @param {{ rules: Rule[], probes: Probe[] } | { name?: string }} found `name`: that of a Flask app which is not called app.
 */
export function judgeFlask(wanted, found) {
  if (!found.rules) {
    const advice = found.name
      ? `Call it app, as the lab's commands and Zappa's settings do: ${found.name} = Flask(…) becomes app = Flask(…)`
      : 'Write app = Flask(__name__) near the top of app.py.';
    return { expected: 'a Flask app called app', actual: found.name ? `app.py calls it ${found.name}` : 'app.py has none', try: advice };
  }
  const { rules, probes } = found;
  for (const { method, path, shown, line, alone } of wanted) {
    const probe = (one) => probes.find((each) => each.method === one && each.path === path);
    if (probe(method).result !== 'taken') return judgeMissing(rules, probe(method), shown, line);
    const more = alone && probe(alone);
    if (more?.result !== 'taken') continue;
    const rule = rules[more.rule];
    return {
      expected: `${shown} takes ${method} only`,
      actual: `${rule.rule} takes ${alone}, too`,
      try: `${placeOf(rule)}Name one method: ${line}`,
    };
  }
  return undefined;
}

function judgeMissing(rules, { method, result }, shown, line) {
  const expected = `a route that takes ${method} for ${shown}`;
  const alike = rules.filter(({ rule }) => isAlike(rule, shown));
  const [rule] = alike;
  if (!rule) {
    const all = rules.map((one) => one.rule).filter((one) => !one.startsWith('/static/'));
    return {
      expected,
      actual: all.length === 0 ? 'no route at all' : `the routes are ${all.join(', ')}`,
      try: `Add the route, and save the file: ${line}`,
    };
  }
  const place = placeOf(rule);
  if (result === 'refused') {
    const actual = `${rule.rule} takes ${alike.flatMap(({ methods }) => methods).join(' and ')}`;
    return { expected, actual, try: `${place}Write ${method} in its methods: ${line}` };
  }
  return { expected, actual: `${method} ${rule.rule}`, try: `${place}${explain(rule.rule, result)} ${line}` };
}

/** It begins with the same word, and has as many parts; a slash at its end does not count. */
function isAlike(rule, shown) {
  const [mine, wanted] = [rule, shown].map((one) => one.replace(/\/$/, '').split('/'));
  return mine.length === wanted.length && mine[1] === wanted[1];
}

/** Why a route that looks alike does not take the request. */
function explain(rule, result) {
  if (result === 'redirected' || rule.endsWith('/')) return 'Flask takes a slash at the end for another address. Leave it out:';
  if (/\{\w+\}/.test(rule)) return 'Flask writes a parameter in angle brackets:';
  if (/<(int|float|uuid)/.test(rule)) return `<${/<(\w+)/.exec(rule)[1]}:…> takes no names, only numbers of its kind:`;
  if (/\/:\w/.test(rule)) return 'Flask writes a parameter in angle brackets, and not with a colon:';
  return 'Compare it with the route of the step:';
}

const placeOf = ({ file, line }) => (file === undefined ? '' : `Look at the function in line ${line} of myzappa/${file}. `);
