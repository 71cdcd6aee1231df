/** Hands a line to the lab's terminal as the learner's own, and waits until what it started has ended. */
import type { Event } from '../events/event.ts';
import type { Walk } from '../walk/walk-types.ts';

/** Milliseconds in which bash begins with a command; one that is not complete yet begins with none. */
const patience = 2000;
/** Milliseconds without news after which what follows a command (its checks) is taken to be over. */
const quiet = 200;

/** `unfinished`: bash waits for more lines. */
export async function typeCommand(walk: Walk, line: string): Promise<'ended' | 'unfinished'> {
  const { terminals } = walk;
  await terminals.ready();
  const { main } = terminals;
  const hasEnded = waitForEnd(walk, main);
  terminals.input(main, `${line}\r`);
  const how = await hasEnded;
  if (how === 'ended') await waitForQuiet(walk);
  return how;
}

function waitForEnd(walk: Walk, terminal: string): Promise<'ended' | 'unfinished'> {
  return new Promise((resolve) => {
    const end = (how: 'ended' | 'unfinished') => {
      clearTimeout(timer);
      stop();
      resolve(how);
    };
    const timer = setTimeout(end, patience, 'unfinished');
    const stop = walk.onEvent((event) => {
      if (event.type === 'command-started' && event.byHand && event.terminal === terminal) clearTimeout(timer);
      else if (isEnd(event, terminal)) end('ended');
    });
  });
}

/** A service that was typed goes on; then the next command has another terminal. */
const isEnd = (event: Event, terminal: string) =>
  (event.type === 'command-ended' && event.terminal === terminal) || event.type === 'service-ready' || event.type === 'terminal-restarted';

function waitForQuiet(walk: Walk): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      stop();
      resolve();
    };
    let timer = setTimeout(end, quiet);
    const stop = walk.onEvent(({ type }) => {
      if (type === 'output') return;
      clearTimeout(timer);
      timer = setTimeout(end, quiet);
    });
  });
}
