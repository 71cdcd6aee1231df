/** The questions that the screen itself asks. */
import { confirmDialog } from '../dialogs/confirm-dialog.ts';
import { staysDeployed } from '../../walk/questions.ts';
import type { Question } from '../../walk/walk-types.ts';
import type { Dialog } from './dialog.ts';
import type { Effect } from './effects.ts';
import { runningThings } from './running.ts';
import type { OpenDialog, ViewState } from './view-state.ts';

/** A dialog with its types forgotten, so that all kinds can stand in one list. */
export function openDialog<State, Answer>(dialog: Dialog<State, Answer>, then: (answer: Answer) => Effect[]): OpenDialog {
  return { dialog: dialog as unknown as OpenDialog['dialog'], state: dialog.initial, then: then as OpenDialog['then'] };
}

const confirm = (question: Question, effect: Effect): OpenDialog => openDialog(confirmDialog(question), (yes) => (yes ? [effect] : []));

export function askQuit(state: ViewState, how: 'quit' | 'close-lab'): OpenDialog {
  const running = runningThings(state);
  const kept = state.walk ? ['What you have done is kept: the next start is at this step.'] : [];
  const ends = running.length === 0 ? [] : [`This ends ${running.join(', ')}.`];
  const title = how === 'quit' ? 'Quit labwalk?' : 'Back to the labs?';
  const stays = state.walk ? staysDeployed(state.walk.view.summary.deployed, state.walk.view.state, state.walk.lab) : [];
  return confirm({ title, lines: [...ends, ...kept, ...stays], yes: how === 'quit' ? 'Quit' : 'Go back', no: 'Stay' }, { do: how });
}

export function askCleanUp({ walk }: ViewState): OpenDialog {
  const deployed = walk?.view.summary.deployed ?? [];
  return confirm({ title: 'Delete what was deployed?', lines: [...deployed], yes: 'Delete', no: 'Keep it' }, { do: 'clean-up' });
}

export function askCloseTerminal(id: string): OpenDialog {
  return confirm(
    { title: `Close ${id}?`, lines: ['A command is running in it; it ends, too.'], yes: 'Close', no: 'Keep it' },
    { do: 'close-terminal', id },
  );
}
