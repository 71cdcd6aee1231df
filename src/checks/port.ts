import { connect } from 'node:net';
import * as z from 'zod';
import type { Check, Outcome } from './check.ts';
import { failed } from './failed.ts';
import { numberOrTemplate, toNumber } from './texts/template.ts';

interface PortInput {
  port: number | string;
  open: boolean;
}

const schema: z.ZodType<PortInput> = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'string' ? { port: value } : value),
  z.strictObject({
    port: numberOrTemplate(1, 65_535).describe('The port on this machine. `port: 8080` is short for it.'),
    open: z.boolean().default(true).describe('`false`: nothing may listen there.'),
  }),
);

export const port: Check<PortInput> = {
  name: 'port',
  about: 'Whether something listens on a port of this machine.',
  example: '- port: "{{PORT}}"\n- port: { port: 8080, open: false }\n',
  schema,
  looksAt: 'state',
  summary: ({ port, open }) => (open ? `something listens on port ${port}` : `port ${port} is free`),
  async run({ port, open }, { signal }): Promise<Outcome> {
    const expected = open ? `something that listens on port ${port}` : `nothing on port ${port}`;
    const number = toNumber(port);
    if (number === undefined || number < 1 || number > 65_535) {
      return failed(expected, `${port} is not a port number`, 'An earlier step gives this number. Do that step first.');
    }
    // a program that listens on "localhost" may be on either
    const listens = (await canConnect('127.0.0.1', number, signal)) || (await canConnect('::1', number, signal));
    if (listens === open) return { passed: true };
    if (open)
      return failed(
        expected,
        'nothing listens there',
        'Is the service running? Start it as the step says, and look at its log for an error.',
      );
    return failed(expected, `something listens on port ${port}`, 'Stop the program that uses this port, or wait until it has ended.');
  },
};

const PATIENCE = 2_000;

function canConnect(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const socket = connect({ host, port, signal, timeout: PATIENCE });
    const end = (connected: boolean) => () => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', end(true)).once('timeout', end(false)).on('error', end(false));
  });
}
