/** Views that the tests of the drawings share. */
import { createLook } from '../../../src/report/look.ts';
import type { CheckLine, OutlineStep, ServiceLine } from '../../../src/tui/drawings/types.ts';
import type { LabCard } from '../../../src/tui/tui-options.ts';
import type { Summary } from '../../../src/walk/walk-types.ts';

export const plain = createLook({ colour: false, columns: 80, unicode: true });
export const ascii = createLook({ colour: false, columns: 80, unicode: false });
export const coloured = createLook({ colour: true, columns: 80, unicode: true });
export const looks = [plain, ascii, coloured];

export const sizes = [
  { columns: 40, rows: 15 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
];

const step = (id: string, title: string, task: string, status: OutlineStep['status'], reading = false): OutlineStep => ({
  ...{ id, title, task, status, reading },
});

export const steps: OutlineStep[] = [
  step('frameworks', 'Three frameworks to choose from', 'Get ready', 'read', true),
  step('install', 'Install Chalice and HTTPie', 'Get ready', 'passed'),
  step('new', 'Make a project', 'Write it', 'passed'),
  step('local', 'Run it on this machine 서울 🎉', 'Write it', 'failed'),
  step('routes', 'Add two routes', 'Write it', 'pending'),
  step('logs', 'Read the log', 'Write it', 'skipped'),
  step('deploy', 'Put it on AWS', 'Take it live', 'interrupted'),
  step('costs', 'What it costs', 'Take it live', 'pending', true),
  step('delete', 'Delete it', 'Take it live', 'pending'),
];

export const manySteps = (count: number): OutlineStep[] =>
  Array.from({ length: count }, (_, i) => step(`s${i}`, `Step ${i}`, `Task ${Math.floor(i / 10)}`, i < count / 2 ? 'passed' : 'pending'));

export const card = (name: string, title: string, passed: number, of: number, more: Partial<LabCard> = {}): LabCard => ({
  name,
  title,
  summary: 'Write a small web API in Python, run it on this machine, put it on AWS, and take it down again.',
  duration: 60,
  steps: Array.from({ length: of }, (_, i) => ({
    ...{ id: `s${i}`, title: `Step ${i}`, task: 'Task', reading: false },
    outcome: i < passed ? 'passed' : null,
  })),
  ...more,
});

export const checks: CheckLine[] = [
  { outcome: 'passed', summary: 'myapp/app.py is there', ms: 3 },
  {
    outcome: 'failed',
    summary: 'GET http://localhost:8080/users/Nora answers 200',
    expected: 'status 200',
    actual: 'status 500',
    try: 'Look at the log of the service app: the last lines say which line of app.py failed.',
    ms: 41,
    exchange: {
      request: { method: 'GET', url: 'http://localhost:8080/users/Nora', headers: [['Accept', '*/*']] },
      response: {
        ...{ status: 500, reason: 'Internal Server Error', version: 'HTTP/1.1', truncated: false, ms: 12 },
        headers: [['Content-Type', 'application/json']],
        body: '{"Code":"InternalServerError","Message":"An internal server error occurred."}',
      },
    },
  },
  { outcome: 'open', summary: 'log app' },
];

export const service = (name: string, more: Partial<ServiceLine> = {}): ServiceLine => ({
  name,
  text: 'chalice local --port $PORT',
  status: 'ready',
  port: '8080',
  upMs: 65_000,
  ...more,
});

export const summary: Summary = {
  ms: 4_320_000,
  steps: { passed: 17, of: 17, skipped: 0 },
  checks: { passed: 41, of: 41 },
  hints: 3,
  solutions: 1,
  deployed: ['role myapp-dev', 'function myapp-dev', 'api myapp'],
};
