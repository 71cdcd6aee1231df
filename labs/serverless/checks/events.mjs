/**
 * Which routes the functions of a serverless.yml have, as the framework understands them: in the short form or the long one, the method in
 * capitals or not, the path with a slash in front or not. Values in, values out; the rules are those of osls 4
 * (lib/plugins/aws/package/compile/events/api-gateway/lib/validate.js, and http-api.js).
 */

const METHOD = /^(\*|any|get|post|put|patch|options|head|delete)$/i;

/**
 * @typedef {{ api: 'http' | 'httpApi', method: string, path: string, name: string, handler: unknown, isProxy: boolean, at: (string | number)[] }} Route
 *   `method` is in capitals, or ANY; `path` begins with a slash, or is `*`; `name` is the function's, and `at` leads to the event.
 * @typedef {{ expected: string, actual: string, at: (string | number)[], advice: string }} Finding
 */

/**
 * @param {unknown} functions What stands below `functions`.
 * @returns {{ routes: Route[], finding?: Finding }} The first event that the framework would not take is the finding.
 * @example readRoutes({ index: { handler: 'a.b', events: [{ http: 'get /' }] } }).routes[0].method // 'GET'
 */
export function readRoutes(functions) {
  const routes = [];
  for (const { name, value, at } of listFunctions(functions)) {
    if (!isObject(value))
      return {
        routes,
        finding: {
          expected: `a handler and events for ${name}`,
          actual: show(value),
          at,
          advice: `Below ${name}, indented, write handler and events.`,
        },
      };
    if (value.events === undefined || value.events === null) continue;
    if (!Array.isArray(value.events)) {
      const advice = 'Events are a list, each with a dash in front, as in: - http: POST /users';
      return { routes, finding: { expected: `a list of events for ${name}`, actual: show(value.events), at: [...at, 'events'], advice } };
    }
    for (const [number, event] of value.events.entries()) {
      const place = [...at, 'events', number];
      const read = readEvent(event, place);
      if (read?.finding) return { routes, finding: read.finding };
      if (read) routes.push({ ...read, name, handler: value.handler, at: place });
    }
  }
  return { routes };
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const show = (value) => (value === undefined ? 'nothing' : JSON.stringify(value));

/** `functions` may be a list of such objects, too. */
function listFunctions(functions) {
  const parts = Array.isArray(functions)
    ? functions.map((value, number) => ({ value, at: ['functions', number] }))
    : [{ value: functions, at: ['functions'] }];
  return parts.flatMap(({ value, at }) =>
    Object.entries(isObject(value) ? value : {}).map(([name, one]) => ({ name, value: one, at: [...at, name] })),
  );
}

/** Nothing where the event is none of a request. */
function readEvent(event, at) {
  const api = ['http', 'httpApi'].find((key) => isObject(event) && key in event);
  if (!api) return undefined;
  const value = event[api];
  const place = [...at, api];
  const wrong = (actual, advice) => ({ finding: { expected: 'a method and a path for each event', actual, at: place, advice } });
  if (value === null)
    return wrong(
      `${api} without either`,
      `Indent path and method deeper than ${api}, or write both behind it: - ${api}: GET /users/{name}`,
    );
  const written = typeof value === 'string' ? readShort(value) : isObject(value) ? { method: value.method, path: value.path } : {};
  if (api === 'httpApi' && written.method === undefined) written.method = '*';
  if (typeof written.path !== 'string' || (typeof value === 'string' && !/^(\/|\*$)/.test(written.path)))
    return wrong(show(value), `First the method, then the path, which begins with a slash: - ${api}: GET /users/{name}`);
  if (typeof written.method !== 'string' || !METHOD.test(written.method))
    return wrong(show(value), `The method is one of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS: - ${api}: GET /users/{name}`);
  const method = written.method === '*' ? 'ANY' : written.method.toUpperCase();
  const isProxy = api === 'httpApi' || !/^(lambda|aws|http|mock|http_proxy|http-proxy)$/i.test(String(value.integration ?? ''));
  return { api, method, path: api === 'http' ? trimPath(written.path) : written.path, isProxy };
}

/** `GET /users`; a lone `*` takes everything. */
function readShort(text) {
  if (text.trim() === '*') return { method: '*', path: '*' };
  const [method, path] = text.trim().split(/\s+/);
  return { method, path };
}

/** A REST API knows no slash at the end. */
const trimPath = (path) => (path === '*' ? path : `/${path.replace(/^\//, '').replace(/\/$/, '')}`);

/** A path whose parameters have no names, so that they may be called anything: `/users/{}`. */
export const withoutNames = (path) => path.replace(/\{[^{}/]+\}/g, '{}');

/** The names of the parameters in a path: `['name']`; of `{rest+}` it is `rest`. */
export const parameterNames = (path) => [...path.matchAll(/\{([^{}/+]+)\+?\}/g)].map(([, name]) => name);

/** The route that answers such a request: one that names the method comes before one that takes any. */
export function findRoute(routes, { method, path }) {
  const same = routes.filter((route) => withoutNames(route.path) === withoutNames(path));
  return same.find((route) => route.method === method) ?? same.find((route) => route.method === 'ANY');
}

/**
 * The first of the wanted routes that is missing, or takes more methods than it should.
 *
 * @param {Route[]} routes
 * @param {{ method: string, path: string, isAlone?: boolean }[]} wanted `isAlone`: the path takes this method only.
 * @returns {Finding | undefined}
 */
export function judgeRoutes(routes, wanted) {
  for (const { method, path, isAlone } of wanted) {
    const line = `- http: ${method} ${path}`;
    const route = findRoute(routes, { method, path });
    if (!route) return findMissing(routes, method, path, line);
    if (isAlone && route.method === 'ANY')
      return { expected: `${path} takes ${method} only`, actual: 'it takes any method', at: route.at, advice: `Name the method: ${line}` };
  }
  const others = new Set(wanted.map((one) => findRoute(routes, one).api));
  if (others.size === 1) return undefined;
  const strange = findRoute(
    routes,
    wanted.find((one) => findRoute(routes, one).api === 'httpApi'),
  );
  const advice = 'http and httpApi make two APIs, each with an address of its own. Use one of them for all routes.';
  return { expected: 'one API for all routes', actual: 'two of them', at: strange.at, advice };
}

function findMissing(routes, method, path, line) {
  const same = routes.filter((route) => withoutNames(route.path) === withoutNames(path));
  const expected = `a route that takes ${method} for ${path}`;
  if (same.length > 0) {
    const methods = [...new Set(same.map((route) => route.method))].join(' and ');
    return {
      expected,
      actual: `${same[0].path} takes ${methods}`,
      at: same[0].at,
      advice: `Write ${method} in front of its path: ${line}`,
    };
  }
  const strange = routes.find(
    (route) => route.method === method && /[:<][a-z]/i.test(route.path) && route.path.startsWith(path.split('{')[0]),
  );
  if (strange) {
    const advice = `API Gateway writes a parameter in braces: ${line}`;
    return { expected, actual: `${strange.method} ${strange.path}`, at: strange.at, advice };
  }
  const found = routes.map((route) => `${route.method} ${route.path}`).join(', ');
  return {
    expected,
    actual: found === '' ? 'no route at all' : `the routes are ${found}`,
    at: ['functions'],
    advice: `Add the event to its function: ${line}`,
  };
}
