/** Whether the framework finds the service and its routes in serverless.yml, however they are written; with the argument `users` those of the users, too. */
/* global argv */
import { end } from '../../common/checks/learners-python.mjs';
import { judgeRoutes, readRoutes } from './events.mjs';
import { readService, shown } from './service.mjs';
import { wantedRoutes } from './wanted.mjs';

const { service, lineOf, verdict } = await readService();
end(verdict ?? judge());

function judge() {
  const { routes, finding } = readRoutes(service.functions);
  const found = findNames(service) ?? finding ?? judgeRoutes(routes, wantedRoutes(argv._));
  return found && { expected: found.expected, actual: found.actual, try: `Look at line ${lineOf(found.at)} of ${shown}. ${found.advice}` };
}

function findNames({ service: name, plugins }) {
  if (name !== 'myapp') {
    const actual = name === undefined ? 'no service' : JSON.stringify(name);
    return {
      expected: 'a service called myapp',
      actual,
      at: ['service'],
      advice: 'The name decides what everything will be called on AWS. Begin the file with: service: myapp',
    };
  }
  const list = Array.isArray(plugins) ? plugins : plugins?.modules;
  if (Array.isArray(list) && list.includes('serverless-offline')) return undefined;
  return {
    expected: 'the plug-in serverless-offline',
    actual: JSON.stringify(list ?? 'none'),
    at: ['plugins'],
    advice: 'It runs the functions on this machine. Below plugins: - serverless-offline',
  };
}
