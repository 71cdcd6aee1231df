/**
 * Whether IAM takes a policy of a role, by the grammar of its user guide (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html),
 * and whether the policy allows more than the album needs. No request is made: texts in, a verdict out.
 */
import { readWithLines } from '../../common/checks/yaml-lines.mjs';

const KEYS = ['Version', 'Id', 'Statement'];
const VERSIONS = ['2012-10-17', '2008-10-17'];
const STATEMENT_KEYS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
const ACTION = /^(\*|[a-z0-9-]+:[a-z0-9*?]+)$/i;
const ARN = /^(\*|arn:[^:]*:[^:]+:[^:]*:[^:]*:.+)$/s;

/** What the app calls, and on what: `*` in a resource stands for anything. */
const NEEDED = [
  {
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: ['arn:aws:logs:*:*:log-group:/aws/lambda/cloudalbum-dev*'],
  },
  { actions: ['ssm:GetParametersByPath'], resources: ['arn:aws:ssm:*:*:parameter/cloudalbum', 'arn:aws:ssm:*:*:parameter/cloudalbum/*'] },
  {
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
    resources: [
      'arn:aws:dynamodb:*:*:table/cloudalbum-users',
      'arn:aws:dynamodb:*:*:table/cloudalbum-users/index/user-email-index',
      'arn:aws:dynamodb:*:*:table/cloudalbum-photos',
    ],
  },
  { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::cloudalbum-*/static/*'] },
  { actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: ['arn:aws:s3:::cloudalbum-*/photos/*'] },
];

/**
 * The first thing that is wrong with the policy, as labwalk's script checks want it.
 *
 * @param {string} text The policy.
 * @param {string} file Its path, as people know it.
 * @example judgePolicy('{"Statement": []}', 'policy.json') // { expected: 'at least one statement', … }
 */
export function judgePolicy(text, file) {
  const { value, lineOf, mistake } = readWithLines(text);
  if (mistake) return { expected: 'JSON', actual: mistake.message, try: `Look at line ${mistake.line} of ${file}.` };
  const wrong = findMistake(value) ?? findExcess(statementsOf(value));
  return wrong && { expected: wrong.expected, actual: wrong.actual, try: `Look at line ${lineOf(wrong.at)} of ${file}. ${wrong.advice}` };
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const asList = (value) => (Array.isArray(value) ? value : [value]);
const show = (value) => (value === undefined ? 'nothing' : JSON.stringify(value));
const statementsOf = ({ Statement }) =>
  asList(Statement).map((statement, number) => ({ statement, at: Array.isArray(Statement) ? ['Statement', number] : ['Statement'] }));

function findMistake(policy) {
  if (!isObject(policy))
    return { expected: 'an object with Version and Statement', actual: show(policy), at: [], advice: 'A policy begins with {' };
  const other = findOtherKey(policy, KEYS, []);
  if (other) return other;
  if (policy.Version !== undefined && !VERSIONS.includes(policy.Version)) {
    const advice = `The version is that of IAM's language, and not a date of yours: "2012-10-17".`;
    return { expected: 'the Version 2012-10-17', actual: show(policy.Version), at: ['Version'], advice };
  }
  if (policy.Statement === undefined || (Array.isArray(policy.Statement) && policy.Statement.length === 0))
    return {
      expected: 'at least one statement',
      actual: 'none',
      at: ['Statement'],
      advice: 'Statement has a list of statements, each in braces.',
    };
  const sids = new Map();
  for (const { statement, at } of statementsOf(policy)) {
    const mistake = findStatementMistake(statement, at) ?? findSidMistake(statement, at, sids);
    if (mistake) return mistake;
  }
  return undefined;
}

function findStatementMistake(statement, at) {
  if (!isObject(statement))
    return { expected: 'a statement in braces', actual: show(statement), at, advice: 'A statement is an object: { "Effect": … }' };
  for (const key of ['Principal', 'NotPrincipal']) {
    if (statement[key] === undefined) continue;
    const advice = `Take ${key} out: a policy of a role is about whoever has the role. Only policies of things, such as a bucket's, name a ${key}.`;
    return { expected: `no ${key} in a policy of a role`, actual: show(statement[key]), at: [...at, key], advice };
  }
  const other = findOtherKey(statement, STATEMENT_KEYS, at);
  if (other) return other;
  if (!['Allow', 'Deny'].includes(statement.Effect))
    return {
      expected: 'the Effect Allow or Deny',
      actual: show(statement.Effect),
      at: [...at, 'Effect'],
      advice: 'IAM minds capital letters here: "Effect": "Allow"',
    };
  return (
    findListMistake(statement, at, 'Action', ACTION, 'a service, a colon and what may be done, as in s3:GetObject') ??
    findListMistake(statement, at, 'Resource', ARN, 'an ARN, which has six parts, as in arn:aws:s3:::cloudalbum-*/photos/*') ??
    findConditionMistake(statement, at)
  );
}

/** A key that IAM does not know; it minds capital letters. */
function findOtherKey(object, known, at) {
  const key = Object.keys(object).find((one) => !known.includes(one) && !/^(Not)?Principal$/.test(one));
  if (key === undefined) return undefined;
  const meant = known.find((one) => one.toLowerCase() === key.toLowerCase() || `${one.toLowerCase()}s` === key.toLowerCase());
  const advice = meant
    ? `Write it as IAM does: "${meant}".`
    : `IAM knows no "${key}" here: compare the words in quotes with those of the text.`;
  return { expected: `no other keys than ${known.join(', ')}`, actual: `"${key}"`, at: [...at, key], advice };
}

/** Of `Action` and `NotAction` there must be exactly one, with one text or several; so it is with `Resource`. */
function findListMistake(statement, at, key, shape, words) {
  const [there, second] = [key, `Not${key}`].filter((one) => statement[one] !== undefined);
  if (there === undefined)
    return { expected: `${key} in each statement`, actual: 'a statement without it', at, advice: `Add "${key}", with ${words}.` };
  if (second !== undefined)
    return { expected: `either ${there} or ${second}`, actual: 'both', at: [...at, second], advice: `Take ${second} out.` };
  const values = asList(statement[there]);
  const wrong = values.findIndex((one) => typeof one !== 'string' || !shape.test(one));
  if (values.length > 0 && wrong === -1) return undefined;
  const place = Array.isArray(statement[there]) && wrong !== -1 ? [...at, there, wrong] : [...at, there];
  return { expected: `in ${there}: ${words}`, actual: show(values[wrong]), at: place, advice: `${there} has ${words}.` };
}

function findConditionMistake({ Condition }, at) {
  if (Condition === undefined) return undefined;
  if (isObject(Condition) && Object.values(Condition).every(isObject)) return undefined;
  const advice =
    'A condition has an operator, and below it keys with their values: "Condition": { "Bool": { "aws:SecureTransport": "true" } }';
  return { expected: 'a condition with an operator, a key and a value', actual: show(Condition), at: [...at, 'Condition'], advice };
}

/** Letters and digits only, and each once (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html). */
function findSidMistake({ Sid }, at, sids) {
  if (Sid === undefined) return undefined;
  const place = [...at, 'Sid'];
  if (typeof Sid !== 'string' || !/^[A-Za-z0-9]*$/.test(Sid)) {
    const plain = String(Sid).replace(/[^A-Za-z0-9]/g, '');
    return {
      expected: 'a Sid of letters and digits',
      actual: show(Sid),
      at: place,
      advice: `IAM takes no blanks and no other signs in a Sid: "${plain}"`,
    };
  }
  if (Sid !== '' && sids.has(Sid))
    return {
      expected: 'another Sid for each statement',
      actual: `${show(Sid)} twice`,
      at: place,
      advice: 'IAM refuses a policy that has a Sid twice. Give this statement a name of its own.',
    };
  sids.set(Sid, place);
  return undefined;
}

/** The first action or resource that a statement allows, and that the album does not need. */
function findExcess(statements) {
  for (const { statement, at } of statements) {
    if (statement.Effect !== 'Allow') continue;
    for (const key of ['NotAction', 'NotResource']) {
      if (statement[key] === undefined) continue;
      return {
        expected: `${key.slice(3)} rather than ${key}`,
        actual: key,
        at: [...at, key],
        advice: `${key} allows everything but what it names. Name what the album needs.`,
      };
    }
    const excess = findActionExcess(statement, at) ?? findResourceExcess(statement, at);
    if (excess) return excess;
  }
  return undefined;
}

function findActionExcess({ Action }, at) {
  const place = (number) => (Array.isArray(Action) ? [...at, 'Action', number] : [...at, 'Action']);
  for (const [number, action] of asList(Action).entries()) {
    if (resourcesFor(action).length > 0) continue;
    const advice = /[*?]/.test(action)
      ? `${action} allows much that the album never does. Name each action that it needs.`
      : `The album never calls ${action}. Take it out.`;
    return { expected: 'no action but those that the album needs', actual: action, at: place(number), advice };
  }
  return undefined;
}

function findResourceExcess({ Action, Resource }, at) {
  const place = (number) => (Array.isArray(Resource) ? [...at, 'Resource', number] : [...at, 'Resource']);
  for (const action of asList(Action)) {
    const needed = resourcesFor(action);
    for (const [number, resource] of asList(Resource).entries()) {
      if (resource !== '*' && serviceOf(resource) !== action.split(':')[0].toLowerCase()) continue; // an action on what its service has not
      if (needed.some((pattern) => isWithin(resource, pattern))) continue;
      const advice = `${action} is needed on ${needed.join(' and ')} only. Name that, or less.`;
      return { expected: `${action} on no more than ${needed.join(', ')}`, actual: resource, at: place(number), advice };
    }
  }
  return undefined;
}

/** IAM does not mind the case of an action. */
const resourcesFor = (action) =>
  NEEDED.filter(({ actions }) => actions.some((one) => one.toLowerCase() === action.toLowerCase())).flatMap(({ resources }) => resources);
const serviceOf = (arn) => arn.split(':')[2];

/** Whether all that the first pattern stands for is what the second one stands for: there `*` takes anything, the signs `*` and `?` included. */
export function isWithin(inner, outer) {
  const parts = outer.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(inner);
}
