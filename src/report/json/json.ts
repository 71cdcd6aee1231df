/** One JSON object at the end, for programs. Its keys are described in docs/json.md and by `jsonReportSchema`. */
import { listItems } from '../../progress/list.ts';
import type { Explanation } from '../../progress/explanation.ts';
import type { ActionState, CommandState, ServiceState, State, StepState } from '../../progress/state.ts';
import { jsonText } from '../../text/json-text.ts';
import { collectRuns } from '../collect-runs.ts';
import type { JsonAction, JsonCommand, JsonExplained, JsonLab, JsonReport, JsonStep } from './json-schema.ts';
import type { ReportFormat } from '../report.ts';

export const jsonReport: ReportFormat = {
  name: 'json',
  about: 'one JSON object at the end, for programs',
  streams: false,
  create(out) {
    const runs = collectRuns();
    return {
      listen: runs.listen,
      end: () => out.write(jsonText(toJsonReport(runs.states()), 2) + '\n'),
    };
  },
};

/** The report's object, of runs in the order in which they started. */
export function toJsonReport(states: readonly State[]): JsonReport {
  const labs = states.map(toLab);
  return { labwalk: states[0]?.labwalk ?? '', outcome: worstOutcome(labs), labs };
}

/** No run at all is an error: nothing was shown to be good. */
function worstOutcome(labs: readonly JsonLab[]): JsonReport['outcome'] {
  const outcomes = new Set(labs.map(({ outcome }) => outcome));
  if (labs.length === 0 || outcomes.has('error')) return 'error';
  if (outcomes.has('interrupted')) return 'interrupted';
  return outcomes.has('failed') ? 'failed' : 'passed';
}

function toLab(state: State): JsonLab {
  const { lab, title, driver, mode, seed, hash, workspace, ms, variables, credentials, diagnoses, resources, cleanup, notices, counts } =
    state;
  const isCutShort = state.status === 'running';
  const message = isCutShort ? 'The run did not come to its end.' : state.message;
  return {
    ...{ lab, title, driver, mode, outcome: state.status === 'running' ? 'interrupted' : state.status },
    ...given({ message }),
    started: state.startedAt,
    ...given({ ms }),
    ...{ seed, hash, workspace },
    steps: listItems(state.steps).map(toStep),
    services: Object.values(state.services).map(toService),
    variables: { ...variables },
    ...given({ credentials, diagnoses: diagnoses.length === 0 ? undefined : [...diagnoses] }),
    resources: Object.values(resources),
    cleanup: {
      done: cleanup.status === 'done',
      ...given({ ms: cleanup.ms }),
      left: [...cleanup.left],
      actions: cleanup.actions.map(toAction),
      commands: cleanup.commands.map(toCommand),
    },
    notices: [...notices],
    counts: { steps: { ...counts.steps }, checks: { ...counts.checks } },
  };
}

function toStep({ id, title, task, status, ms, message, hints, actions, commands, checks, files }: StepState): JsonStep {
  return {
    ...{ id, title, task, outcome: status === 'running' ? 'interrupted' : status },
    ...given({ ms, message, hints: hints === 0 ? undefined : hints }),
    actions: actions.map(toAction),
    commands: commands.map(toCommand),
    checks: checks.map(({ check: _check, afterCommands: _after, ...verdict }) => verdict),
    files: [...files],
  };
}

function toAction({ kind, summary, status, ms, message, place }: ActionState): JsonAction {
  return { kind, summary, outcome: status === 'running' ? 'interrupted' : status, ...given({ ms, message }), place };
}

function toCommand({ text, terminal, byHand, end, explanation }: CommandState): JsonCommand {
  return { text, terminal, byHand, ...(end ?? { ended: 'running' }), ...given({ explained: toExplained(explanation) }) };
}

function toExplained(explanation: Explanation | undefined): JsonExplained | undefined {
  if (!explanation) return undefined;
  const { signature, what, fix, link, diagnosis } = explanation;
  return { signature, what, fix, ...given({ link, credentials: diagnosis }) };
}

function toService({
  name,
  step,
  text,
  byHand,
  status,
  readyBy,
  readyMs,
  exitStatus,
  wanted,
  ms,
  tail,
  log,
  explanation,
}: ServiceState): JsonLab['services'][number] {
  return {
    name,
    ...given({ step, byHand }),
    text,
    state: status,
    ...given({ readyBy, readyMs, status: exitStatus, wanted, ms, tail, log, explained: toExplained(explanation) }),
  };
}

/** The entries that have a value: a key without one is left out rather than null. */
function given<T extends Record<string, unknown>>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(entries).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
