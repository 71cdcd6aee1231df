import type { Listener } from '../events/event.ts';
import { reduce } from '../progress/reduce.ts';
import { initialState } from '../progress/state.ts';
import type { State } from '../progress/state.ts';

/** Keeps the State of each run that it hears of, for reports that are written at the end. Bounded: output is not kept. */
export interface RunCollector {
  listen: Listener;
  /** In the order in which the runs started. */
  states(): State[];
}

export function collectRuns(): RunCollector {
  const states: State[] = [];
  /** Where the last run of a lab stands in `states`. */
  const indexes = new Map<string, number>();
  return {
    listen(event) {
      if (event.type === 'output') return;
      if (event.type === 'run-started') indexes.set(event.lab, states.length);
      const index = indexes.get(event.lab);
      const before = index === undefined ? undefined : states[index];
      if (event.type === 'run-started') states.push(reduce(initialState(event.lab), event));
      else if (index !== undefined && before) states[index] = reduce(before, event);
    },
    states: () => [...states],
  };
}
