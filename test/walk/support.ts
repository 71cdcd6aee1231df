/** Labs and States for tests of a walk: a lab from its text, a State from what a run would have told. */
import { checksByName } from '../../src/checks/index.ts';
import type { EventBody } from '../../src/events/event.ts';
import { parseLab } from '../../src/lab/parse-lab.ts';
import { formatProblem } from '../../src/lab/problems.ts';
import type { Lab, Mode } from '../../src/lab/types.ts';
import { reduce } from '../../src/progress/reduce.ts';
import { initialState, type State } from '../../src/progress/state.ts';

/** A lab with these steps (`### …`) in one task. */
/** A fence of three backticks. */
export const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n\n`;

export function labOf(steps: string, front = ''): Lab {
  const text = `---\ntitle: Test\nsummary: For a test.\nduration: 1m\n${front}---\n\n# Test\n\n## Task\n\n${steps}`;
  const { lab, problems } = parseLab('/labs/test/lab.md', { read: () => text, checks: checksByName });
  if (!lab) throw new Error(problems.map((problem) => formatProblem(problem, '/')).join('\n'));
  return lab;
}

/** The State after a run's start and these events, each with its step. */
export function stateOf(lab: Lab, events: readonly (readonly [EventBody, string?])[] = [], mode: Mode = 'sandbox'): State {
  const start: EventBody = {
    type: 'run-started',
    ...{ labwalk: 'test', title: lab.title, driver: 'tui', mode, workspace: '/w', hash: lab.hash, seed: 's' },
    steps: lab.steps.map(({ id, title, task, reading, parts }) => {
      const checks = parts.flatMap((part) => (part.kind === 'checks' ? part.checks : [])).length;
      return { id, title, task, reading, checks };
    }),
  };
  return [[start] as const, ...events].reduce(
    (state, [body, step]) =>
      reduce(state, { time: '2026-01-01T00:00:00Z', lab: lab.name, ...(step === undefined ? {} : { step }), ...body }),
    initialState(lab.name),
  );
}

const place = { file: '/labs/test/lab.md', line: 1, column: 1 };

/** Events of a step, in short. */
export const tell = {
  started: (step: string) => [{ type: 'step-started' }, step] as const,
  ended: (step: string, outcome: 'passed' | 'failed' | 'read' | 'skipped' | 'interrupted') =>
    [{ type: 'step-ended', outcome, ms: 1 }, step] as const,
  begun: (step: string, action: number) => [{ type: 'action-started', action, kind: 'run', summary: '', place }, step] as const,
  action: (step: string, action: number, outcome: 'done' | 'failed' | 'told' | 'interrupted' = 'done') =>
    [
      [{ type: 'action-started', action, kind: 'run', summary: '', place }, step],
      [{ type: 'action-ended', action, outcome, ms: 1 }, step],
    ] as const,
  check: (step: string, check: number, outcome: 'passed' | 'failed' | 'told' | 'stale' = 'passed', actual?: string) =>
    [
      {
        type: 'check-ended',
        ...{ check, name: 'file', summary: '', outcome, ms: 1, place },
        ...(actual === undefined ? {} : { actual }),
      },
      step,
    ] as const,
};
