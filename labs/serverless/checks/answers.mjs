/**
 * Whether each function answers as API Gateway wants it, and is in the package: called here as Lambda does it, since the plug-in on this machine
 * takes answers that AWS refuses. With the argument `users` those of the users, too.
 */
/* global $, argv, glob, path, process */
import { end, lastLine, python } from '../../common/checks/learners-python.mjs';
import { explainTraceback } from '../../common/checks/tracebacks.mjs';
import { findRoute, parameterNames, readRoutes } from './events.mjs';
import { judgeAnswer, makeEvent } from './lambda-proxy.mjs';
import { findUnpacked } from './package-files.mjs';
import { project, readService, shown } from './service.mjs';
import { wantedRoutes } from './wanted.mjs';

const WHO = process.env.WHO ?? 'Grace';
const { service, lineOf, verdict } = await readService();

async function judge() {
  const { routes } = readRoutes(service.functions);
  const found = wantedRoutes(argv._).map((wanted) => ({ wanted, route: findRoute(routes, wanted) }));
  const lost = found.find(({ route }) => !route)?.wanted;
  if (lost) {
    const what = `${lost.method} ${lost.path}`;
    return { expected: `a function for ${what}`, actual: 'no route leads to one', try: `First write the route for ${what} into ${shown}.` };
  }
  const asked = found.filter(({ route }) => route.isProxy);
  const calls = asked.map(({ wanted, route }) => ({ handler: String(route.handler), event: makeEvent(route, requestFor(wanted)) }));
  const ran = await $({
    cwd: project,
    nothrow: true,
    quiet: true,
  })`${python} -B ${path.join(import.meta.dirname, 'call_handlers.py')} ${JSON.stringify(calls)}`;
  if (ran.exitCode !== 0) return explainTraceback(ran.stderr, { project, shown: 'myapp' });
  const { results, files } = JSON.parse(lastLine(ran.stdout));
  for (const [at, result] of results.entries()) {
    const wrong = judgeResult(result, asked[at]);
    if (wrong) return wrong;
  }
  return await findUnpacked({ service, files, glob, project, lineOf, shown });
}

const requestFor = ({ method, path: wanted }) => ({
  method,
  path: wanted.replace('{name}', WHO),
  value: WHO,
  ...(method === 'POST' ? { body: JSON.stringify({ name: WHO, age: 36 }) } : {}),
});

function judgeResult({ missing, error, no_json: noJson, answer }, { wanted, route }) {
  const { name, handler, at } = route;
  if (missing !== undefined) {
    const place = [...at.slice(0, at.indexOf('events')), 'handler'];
    const advice = `The handler is the file without .py, a dot, and the function in it: handler.${name}`;
    return {
      expected: `a function for the handler ${handler}`,
      actual: `${missing} is not there`,
      try: `Look at line ${lineOf(place)} of ${shown}. ${advice}`,
    };
  }
  if (error !== undefined) {
    const told = explainTraceback(error, { project, shown: 'myapp' });
    const names = parameterNames(route.path);
    const isParameter = names.length > 0 && told.actual.startsWith('KeyError') && !names.some((one) => told.actual.includes(`'${one}'`));
    const hint = isParameter ? ` In ${shown} the parameter is called ${names[0]}: event['pathParameters']['${names[0]}']` : '';
    return { expected: `${name} answers ${wanted.method} ${wanted.path}`, actual: told.actual, try: `${told.try}${hint}` };
  }
  const wrong =
    noJson === undefined
      ? judgeAnswer(route.api, answer)
      : {
          expected: 'an answer that can be made JSON',
          actual: noJson,
          advice: 'Lambda makes JSON of what a function returns. Return texts, numbers, lists and dictionaries.',
        };
  return (
    wrong && {
      expected: wrong.expected,
      actual: `${name} returns ${wrong.actual}`,
      try: `Look at ${handler} in your code. ${wrong.advice}`,
    }
  );
}

end(verdict ?? (await judge()));
