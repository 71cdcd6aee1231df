/** A Run that only tells what a real one would tell, so that a walk can be tested by itself. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Run, StartOptions, StepResult } from '../../src/engine/run.ts';
import type { Terminals } from '../../src/engine/terminals/terminals.ts';
import type { EventBody, Listener } from '../../src/events/event.ts';
import { segmentsOf } from '../../src/lab/facts/segments.ts';
import type { Lab } from '../../src/lab/types.ts';

export interface FakeRun {
  run: Run;
  /** What was asked of it: `start do 0`, `check do`, `follow do`. */
  calls: string[];
  /** `do/0` for an action, `do#0` for a check. */
  failing: Set<string>;
  /** What is done waits here; an abort lets it through as interrupted. */
  hold(): () => void;
  listen: Listener;
  tell(body: EventBody, step?: string): void;
}

const place = { file: '/labs/test/lab.md', line: 1, column: 1 };

export function createFakeRun(lab: Lab, workspace: string): FakeRun {
  let held: Promise<void> = Promise.resolve();
  const begun = new Set<string>();
  const done = new Set<string>();
  const verdicts = new Map<string, 'passed' | 'failed'>();
  const calls: string[] = [];
  const failing = new Set<string>();
  const stepOf = (id: string) => {
    const step = lab.steps.find((known) => known.id === id);
    if (!step) throw new Error(id);
    return step;
  };
  // as a session does it: two turns later
  const tell = (body: EventBody, step?: string) => {
    const event = { time: '2026-01-01T00:00:00Z', lab: lab.name, ...(step === undefined ? {} : { step }), ...body };
    setImmediate(() => setImmediate(() => fake.listen(event)));
  };
  const begin = (id: string) => {
    tell({ type: 'step-started', ...(begun.has(id) ? { continued: true } : {}) }, id);
    begun.add(id);
  };
  const gate = async (signal?: AbortSignal) => {
    if (signal?.aborted) return true;
    await Promise.race([held, new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }))]);
    return signal?.aborted ?? false;
  };
  const end = (id: string, outcome: StepResult['outcome'], message?: string): StepResult => {
    if (outcome !== 'open') tell({ type: 'step-ended', outcome, ms: 1, ...(message === undefined ? {} : { message }) }, id);
    return { outcome, actionFailed: message?.startsWith('action') ?? false, machine: false };
  };
  const runChecks = (id: string, numbers: readonly number[]) => {
    for (const number of numbers) {
      const outcome = failing.has(`${id}#${number}`) ? 'failed' : 'passed';
      verdicts.set(`${id}#${number}`, outcome);
      tell({ type: 'check-ended', check: number, name: 'file', summary: '', outcome, ms: 1, place }, id);
    }
    return numbers.some((number) => failing.has(`${id}#${number}`));
  };
  const judge = (id: string): StepResult => {
    const segments = segmentsOf(stepOf(id));
    if (segments.some(({ number }) => number !== undefined && !done.has(`${id}/${number}`))) return end(id, 'open');
    const missing = segments.flatMap(({ checks }) => checks).filter(({ number }) => !verdicts.has(`${id}#${number}`));
    if (
      runChecks(
        id,
        missing.map(({ number }) => number),
      )
    )
      return end(id, 'failed', '1 check failed');
    return end(id, 'passed');
  };

  const start = async (id: string, { action = 0, signal, file, keys }: StartOptions = {}): Promise<StepResult> => {
    calls.push(['start', id, String(action), file, keys?.accessKeyId].filter((word) => word !== undefined).join(' '));
    begin(id);
    if (stepOf(id).reading) return end(id, 'read');
    const segment = segmentsOf(stepOf(id)).find(({ number }) => number === action);
    tell({ type: 'action-started', action, kind: segment?.action?.kind ?? 'run', summary: '', place }, id);
    const aborted = await gate(signal);
    const outcome = aborted ? 'interrupted' : failing.has(`${id}/${action}`) ? 'failed' : 'done';
    if (outcome === 'done' && file === 'solution' && segment?.action?.kind === 'file')
      putFile(segment.action.path, segment.action.text, id);
    tell({ type: 'action-ended', action, outcome, ms: 1, ...(outcome === 'failed' ? { message: 'action failed' } : {}) }, id);
    if (outcome === 'interrupted') return end(id, 'interrupted');
    if (outcome === 'failed') return end(id, 'failed', 'action failed');
    done.add(`${id}/${action}`);
    if (
      runChecks(
        id,
        (segment?.checks ?? []).map(({ number }) => number),
      )
    )
      return end(id, 'failed', '1 check failed');
    return judge(id);
  };

  const putFile = (name: string, text: string, step: string) => {
    const target = path.join(workspace, name);
    const kept = fs.existsSync(target) ? { kept: `.labwalk/kept/${name}` } : {};
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
    tell({ type: 'file-written', path: name, checkpoint: createHash('sha1').update(text).digest('hex'), ...kept }, step);
  };

  const run: Run = {
    start,
    async check(id, { signal } = {}) {
      calls.push(`check ${id}`);
      begin(id);
      if (await gate(signal)) return end(id, 'interrupted');
      const numbers = segmentsOf(stepOf(id)).flatMap(({ checks }) => checks.map(({ number }) => number));
      return runChecks(id, numbers) ? end(id, 'failed', '1 check failed') : judge(id);
    },
    async cleanup({ signal } = {}) {
      calls.push('cleanup');
      tell({ type: 'cleanup-started' });
      await gate(signal);
      tell({ type: 'cleanup-ended', ms: 1, left: [] });
      return { left: [] };
    },
    prepare: () => Promise.resolve(true),
    look: () => Promise.resolve(),
    follow: (step) => void calls.push(`follow ${step}`),
    giveKeys(services, step, keys) {
      calls.push(`give ${keys ? keys.accessKeyId : 'given'} for ${services.join()}`);
      if (failing.has('keys')) return Promise.resolve({ refused: 'They are of no use.' });
      tell({ type: 'credentials-given', account: '1', arn: 'a', region: 'r' }, step);
      return Promise.resolve({});
    },
    async controlService(name, what, step) {
      calls.push(`${what} ${name}`);
      await gate();
      if (what === 'stop') return;
      tell({ type: 'service-started', service: name, command: 1, text: name, directory: '.' }, step);
      tell({ type: 'service-ready', service: name, by: 'port 1', ms: 1 }, step);
    },
    tell: (body, step) => {
      calls.push(`tell ${body.type} ${step}`);
      tell(body, step);
    },
    terminals: noTerminals(calls),
    async stop(outcome) {
      calls.push(`stop ${outcome}`);
      await Promise.resolve();
    },
  };
  const fake: FakeRun = {
    run,
    calls,
    failing,
    hold() {
      let release = () => {};
      held = new Promise((resolve) => (release = resolve));
      return release;
    },
    listen: () => {},
    tell,
  };
  return fake;
}

function noTerminals(calls: string[]): Terminals {
  return {
    list: [{ id: 'lab', busy: false, kind: 'pty' }],
    main: 'lab',
    ready: () => Promise.resolve(),
    open: () => Promise.resolve('lab-2'),
    close: () => Promise.resolve(),
    input: (id, keys) => void calls.push(`input ${id} ${JSON.stringify(keys)}`),
    resize: () => {},
    runProgram: () => Promise.resolve(0),
    secretsIn: () => [],
    on: () => () => {},
  };
}
