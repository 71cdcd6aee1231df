import { describe, expect, test } from 'vitest';
import type { ServiceSeen } from '../../src/checks/check.ts';
import { log } from '../../src/checks/log.ts';
import { describeContract } from './contract.ts';
import { makeContext, makeFolder, sentences } from './context.ts';

const LOG = 'Serving on http://127.0.0.1:8080\nmyapp - DEBUG - GET\n127.0.0.1 - - "GET /users/Ada HTTP/1.1" 200 -\n';

const withLog = async (seen: ServiceSeen) => makeContext(await makeFolder(), { service: (name) => (name === 'app' ? seen : undefined) });
const run = async (input: unknown, seen: ServiceSeen = { running: true, log: LOG }) =>
  log.run(log.schema.parse(input), await withLog(seen));

describeContract(log, {
  passing: async () => ({
    input: { service: 'app', contains: 'myapp - DEBUG - GET' },
    context: await withLog({ running: true, log: LOG }),
  }),
  failing: async () => ({
    input: { service: 'app', contains: 'myapp - DEBUG - POST' },
    context: await withLog({ running: true, log: LOG }),
  }),
});

describe('log', () => {
  test('looks at what is there and what is not', async () => {
    expect((await run({ service: 'app', matches: 'GET /users/\\w+', not: { contains: 'Traceback' } })).passed).toBe(true);
    expect((await run({ service: 'app', matches: '^GET', not: { contains: 'Serving' } })).passed).toBe(false);
  });

  test.each([
    [
      { service: 'app', contains: 'POST' },
      undefined,
      '"POST" in the log of app',
      `the log of app does not have it; it ends with '127.0.0.1 - - "GET /users/Ada HTTP/1.1" 200 -'`,
      'Send the request of this step again, and look at what the service prints.',
    ],
    [
      { service: 'app', contains: 'POST' },
      { running: true, log: '' },
      '"POST" in the log of app',
      'the log of app is empty',
      'Send the request of this step again, and look at what the service prints.',
    ],
    [
      { service: 'app', contains: 'POST' },
      { running: false, log: 'OSError: in use', status: 2 },
      '"POST" in the log of app',
      'the log of app is "OSError: in use"; the service has ended with status 2',
      'The last lines of its log say why it ended. Mend that and start it again.',
    ],
    [
      { service: 'web', contains: 'POST' },
      undefined,
      'the log of web contains "POST"',
      'the service web has not been started',
      'Start the service web as the step says.',
    ],
  ])('says about %j what the log has', async (input, seen, expected, actual, advice) => {
    expect(sentences(await run(input, seen))).toEqual({ expected, actual, try: advice });
  });

  test('is patient, since a program prints a moment after it has answered', () => {
    expect(log.patience).toBeGreaterThan(0);
  });

  test('needs something to look for', () => {
    expect(log.schema.safeParse({ service: 'app' }).success).toBe(false);
  });
});
