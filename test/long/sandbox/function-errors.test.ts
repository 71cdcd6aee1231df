/** What AWS answers for a function that raises an error, ends or can't be loaded, and what its log then has. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runShell, startOwnSandbox, terminalEnv, type OwnSandbox } from '../../support/sandbox.ts';

let own: OwnSandbox;
let shell: (command: string) => Promise<string>;

const trust =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

beforeAll(async () => {
  own = await startOwnSandbox();
  const env = await terminalEnv(own.learner, own.sandbox, own.sandbox.good);
  shell = async (command) => {
    const { status, output } = await runShell(command, { cwd: own.learner.folder, env });
    expect(status, output).toBe(0);
    return output;
  };
  await shell(`aws iam create-role --role-name r --assume-role-policy-document '${trust}'`);
});
afterAll(() => own.close());

let made = 0;

/** Deploys `code` as app.py and gives the function's name. */
async function deploy(code: string, options = '--handler app.handler'): Promise<string> {
  const name = `f${++made}`;
  fs.writeFileSync(path.join(own.learner.folder, 'app.py'), code);
  await shell(
    `python3 -m zipfile -c ${name}.zip app.py && aws lambda create-function --function-name ${name} --runtime python3.12 ${options} --zip-file fileb://${name}.zip --role arn:aws:iam::${own.sandbox.account}:role/r`,
  );
  return name;
}

interface Called {
  /** `Unhandled`, where the function failed. */
  error: string | undefined;
  payload: unknown;
  /** What `--log-type Tail` gives. */
  tail: string;
}

async function call(name: string, payload = '{}'): Promise<Called> {
  const answer = JSON.parse(
    await shell(`aws lambda invoke --function-name ${name} --log-type Tail --payload '${payload}' answer.json`),
  ) as { FunctionError?: string; LogResult: string };
  return {
    error: answer.FunctionError,
    payload: JSON.parse(fs.readFileSync(path.join(own.learner.folder, 'answer.json'), 'utf8')),
    tail: Buffer.from(answer.LogResult, 'base64').toString(),
  };
}

async function eventsOf(name: string): Promise<string[]> {
  return JSON.parse(await shell(`aws logs filter-log-events --log-group-name /aws/lambda/${name} --query "events[].message"`)) as string[];
}

const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
const report =
  /^REPORT RequestId: [0-9a-f-]{36}\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\t/;

test('a module that is missing from the package is named in the answer and in the log', async () => {
  const name = await deploy('import nothing_like_it\n\ndef handler(event, context): pass\n');
  const message = "Unable to import module 'app': No module named 'nothing_like_it'";
  for (const time of ['at first', 'and each time after']) {
    const { error, payload, tail } = await call(name);
    expect([time, error]).toEqual([time, 'Unhandled']);
    expect(payload).toEqual({ errorMessage: message, errorType: 'Runtime.ImportModuleError', requestId: '', stackTrace: [] });
    expect(tail).toContain(`[ERROR] Runtime.ImportModuleError: ${message}\nTraceback (most recent call last):`);
  }
  const events = await eventsOf(name);
  expect(events[0]).toMatch(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST\n$/);
  expect(events[1]).toBe(`[ERROR] Runtime.ImportModuleError: ${message}\nTraceback (most recent call last):`);
  expect(events[2]).toMatch(/^END RequestId: [0-9a-f-]{36}\n$/);
  expect(events[3]).toMatch(report);
  expect(events[3]).toContain('Status: error\tError Type: Runtime.ImportModuleError\t\n');
});

test.each([
  ['x = (\n', 'Runtime.UserCodeSyntaxError', /^Syntax error in module 'app': /, /File "\/var\/task\/app.py" Line 1/],
  ['def other(event, context): pass\n', 'Runtime.HandlerNotFound', /^Handler 'handler' missing on module 'app'$/, /^$/],
  [
    'print("here")\nraise KeyError("TABLE")\n',
    'KeyError',
    /^'TABLE'$/,
    /File "\/var\/task\/app.py", line 2, in <module>\n {4}raise KeyError\("TABLE"\)\n$/,
  ],
])('what fails while it is loaded says so: %j', async (code, errorType, message, trace) => {
  const name = await deploy(code);
  const { payload, tail } = await call(name);
  expect(payload).toEqual({
    errorType,
    errorMessage: expect.stringMatching(message) as string,
    requestId: '',
    stackTrace: expect.anything() as string[],
  });
  expect((payload as { stackTrace: string[] }).stackTrace.join('')).toMatch(trace);
  expect(tail).toContain(`[ERROR] ${errorType}: `);
  if (code.includes('here')) expect(tail).toContain('\nhere\n');
});

test('an error of the handler has its class and its trace, is one event of the log, and leaves what the module holds', async () => {
  const name = await deploy(`calls = []

class NoSuchUser(Exception): pass

def handler(event, context):
    calls.append(event)
    if event.get('raises'):
        raise NoSuchUser('ana')
    return len(calls)
`);
  const { error, payload, tail } = await call(name, '{"raises": true}');
  expect(error).toBe('Unhandled');
  expect(payload).toEqual({
    errorMessage: 'ana',
    errorType: 'NoSuchUser',
    requestId: uuid,
    stackTrace: ['  File "/var/task/app.py", line 8, in handler\n    raise NoSuchUser(\'ana\')\n'],
  });
  const logged = `[ERROR] NoSuchUser: ana\nTraceback (most recent call last):\n\u00a0\u00a0File "/var/task/app.py", line 8, in handler\n\u00a0\u00a0\u00a0\u00a0raise NoSuchUser('ana')`;
  expect(tail).toContain(logged);
  expect(await eventsOf(name)).toContain(logged);
  expect((await call(name)).payload).toBe(2);
});

test.each([
  ['os._exit(3)', 'Runtime exited with error: exit status 3'],
  ['sys.exit()', 'Runtime exited without providing a reason'],
  ['os.kill(os.getpid(), 9)', 'Runtime exited with error: signal: killed'],
])('a function that ends itself by %s', async (ends, reason) => {
  for (const [where, code] of [
    ['in a call', `import os, sys\n\ndef handler(event, context):\n    print('before')\n    ${ends}\n`],
    ['while it is loaded', `import os, sys\nprint('before', flush=True)\n${ends}\n`],
  ] as const) {
    const { error, payload, tail } = await call(await deploy(code));
    expect([where, error]).toEqual([where, 'Unhandled']);
    expect(payload).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: /) as string,
    });
    expect((payload as { errorMessage: string }).errorMessage).toContain(reason);
    expect(tail).toMatch(
      /^START .*\nbefore\nRequestId: .* Error: Runtime exited .*\nRuntime\.ExitError\nEND .*\nREPORT .*Status: error\tError Type: Runtime\.ExitError\t\n$/,
    );
  }
});

test('a function whose time is up keeps what it printed until then', async () => {
  const name = await deploy(
    `import time\n\ndef handler(event, context):\n    print('before')\n    time.sleep(60)\n`,
    '--handler app.handler --timeout 1',
  );
  const { payload, tail } = await call(name);
  expect(payload).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/) as string,
  });
  expect(tail).toMatch(
    /^START .*\nbefore\n\d{4}-.*Z [0-9a-f-]{36} Task timed out after 1\.00 seconds\n\nEND .*\nREPORT .*\tStatus: timeout\t\n$/,
  );
});

test('an answer that is not JSON is an error; a number from DynamoDB is a number', async () => {
  const set = await call(await deploy('def handler(event, context): return {1, 2}\n'));
  expect(set.payload).toEqual({
    errorMessage: 'Unable to marshal response: Object of type set is not JSON serializable',
    errorType: 'Runtime.MarshalError',
    requestId: uuid,
    stackTrace: [],
  });
  const decimal = await call(await deploy("from decimal import Decimal\n\ndef handler(event, context): return {'n': Decimal('1.5')}\n"));
  expect(decimal).toMatchObject({ error: undefined, payload: { n: 1.5 } });
});

test("the log has AWS's form, also where lines come from Python's logging", async () => {
  const name = await deploy(`import logging

logging.basicConfig(level=logging.DEBUG, format='mine')
logger = logging.getLogger('shop')
logger.setLevel(logging.INFO)

def handler(event, context):
    print('no end', end='')
    logger.info('hello\\nworld')
    logger.debug('not this')
    logging.info('nor this: nobody has lowered the root level')
    try: 1 / 0
    except ZeroDivisionError: logger.exception('oh')
`);
  expect((await call(name)).tail).toMatch(
    /^START .*\nno end\n\[INFO\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t[0-9a-f-]{36}\thello\nworld\n\[ERROR\]\t.*\toh\nTraceback .*\n(.*\n)*ZeroDivisionError: division by zero\nEND .*\nREPORT .*\tInit Duration: [\d.]+ ms\t\n$/,
  );
  const events = await eventsOf(name);
  expect(events.map((event) => event.slice(0, 6))).toEqual(['START ', 'no end', '[INFO]', '[ERROR', 'END Re', 'REPORT']);
  expect((await call(name)).tail).not.toContain('Init Duration');
});
