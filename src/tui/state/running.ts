/** What would end if the learner left now. Pure. */
import type { ShownTerminal } from '../../engine/terminals/terminals.ts';
import type { ViewState } from './view-state.ts';

export const isService = ({ service }: ShownTerminal): boolean => service !== undefined;

/** In words: `chalice deploy`, `the service app`, `a command in lab-2`. */
export function runningThings({ walk }: ViewState): string[] {
  if (!walk) return [];
  const { doing, state } = walk.view;
  const services = Object.values(state.services).filter(({ status }) => status !== 'ended');
  const busy = walk.terminals.filter((terminal) => terminal.busy && !isService(terminal) && !(doing && terminal.id === walk.main));
  return [
    ...(doing ? [doing.text] : []),
    ...services.map(({ name }) => `the service ${name}`),
    ...busy.map(({ id }) => `a command in ${id === 'lab' ? "the lab's terminal" : id}`),
  ];
}
