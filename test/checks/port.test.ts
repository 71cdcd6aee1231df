import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { port } from '../../src/checks/port.ts';
import { describeContract } from './contract.ts';
import { closedPort, makeContext, makeFolder, sentences } from './context.ts';

async function openPort(host = '127.0.0.1'): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

const run = async (input: unknown) => port.run(port.schema.parse(input), makeContext(await makeFolder()));

describeContract(port, {
  passing: async () => ({ input: await openPort(), context: makeContext(await makeFolder()) }),
  failing: async () => ({ input: await closedPort(), context: makeContext(await makeFolder()) }),
});

describe('port', () => {
  test('takes a number, a text, and asks for a free port, too', async () => {
    expect((await run(String(await openPort()))).passed).toBe(true);
    expect((await run({ port: await closedPort(), open: false })).passed).toBe(true);
    expect((await run({ port: await openPort(), open: false })).passed).toBe(false);
  });

  test('says what is on the port', async () => {
    const closed = await closedPort();
    expect(sentences(await run(closed))).toEqual({
      expected: `something that listens on port ${closed}`,
      actual: 'nothing listens there',
      try: 'Is the service running? Start it as the step says, and look at its log for an error.',
    });
    const open = await openPort();
    expect(sentences(await run({ port: open, open: false }))).toEqual({
      expected: `nothing on port ${open}`,
      actual: `something listens on port ${open}`,
      try: 'Stop the program that uses this port, or wait until it has ended.',
    });
  });

  test('says when a variable held no port', async () => {
    for (const value of ['{{PORT}}', 'x', '70000']) {
      const outcome = await port.run({ port: value, open: true }, makeContext(await makeFolder()));
      expect(sentences(outcome).actual).toBe(`${value} is not a port number`);
    }
  });

  test('refuses what can be no port', () => {
    for (const wrong of [0, 65_536, 'eighty', 80.5]) expect(port.schema.safeParse(wrong).success).toBe(false);
    expect(port.schema.safeParse('{{PORT}}').success).toBe(true);
  });
});
