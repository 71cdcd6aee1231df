import { expect, test } from 'vitest';
import { drawServiceBadge, drawServices } from '../../../src/tui/drawings/services.ts';
import { ascii, plain, service } from './samples.ts';

const services = [
  service('app'),
  service('db', { status: 'died', exitStatus: 1, tail: 'Traceback:\n\x1b[31mValueError: 8080\x1b[0m\n' }),
  service('web', { status: 'stopped' }),
  service('api', { status: 'starting', upMs: 3_000, byHand: true }),
];

test('each service tells its state, time and port; a dead one its last lines', () => {
  expect(drawServices({ services, chosen: 0 }, { columns: 60, rows: 20 }, plain)).toEqual([
    '❯ ● app  runs for 1:05, port 8080',
    '    $ chalice local --port $PORT',
    '  ✗ db  ended by itself with status 1',
    '    $ chalice local --port $PORT',
    '    Traceback:',
    '    ValueError: 8080',
    '  ○ web  stopped',
    '  ◌ api  starts, for 3 s, port 8080, typed by you',
  ]);
});

test('badges for the header', () => {
  expect(services.map((service) => drawServiceBadge(service, plain))).toEqual(['app ● 8080', 'db ✗ ended', 'web ○', 'api ◌ starts']);
  expect(services.map((service) => drawServiceBadge(service, ascii))).toEqual(['app * 8080', 'db x ended', 'web o', 'api . starts']);
});

test('says so where there is none', () => {
  expect(drawServices({ services: [] }, { columns: 40, rows: 5 }, plain)).toEqual(['This lab has started no service yet.']);
});
