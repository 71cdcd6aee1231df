/** What can be typed at the question: one table for doing it and for the help. */

export type CommandId =
  | 'next'
  | 'check'
  | 'redo'
  | 'hint'
  | 'edit'
  | 'diff'
  | 'solution'
  | 'skip'
  | 'back'
  | 'following'
  | 'previous'
  | 'list'
  | 'text'
  | 'services'
  | 'checks'
  | 'terminal'
  | 'clean'
  | 'help'
  | 'quit';

interface Command {
  id: CommandId;
  /** What is typed: a letter, as on the screen of the other driver, and a word. */
  words: readonly string[];
  does: string;
  /** What may stand behind it. */
  argument?: string;
}

export const plainCommands: readonly Command[] = [
  { id: 'next', words: [''], does: 'does what the question says' },
  { id: 'check', words: ['c', 'check'], does: 'checks the step again' },
  { id: 'redo', words: ['r', 'redo'], does: 'does the last thing of the step again' },
  { id: 'hint', words: ['h', 'hint'], does: 'gives the next hint' },
  { id: 'edit', words: ['e', 'edit'], does: "opens the step's file in your editor" },
  {
    id: 'diff',
    words: ['d', 'diff'],
    argument: 'take FILE NUMBER',
    does: "compares your files with the lab's version; with take, takes a file of it, or one place; asks, and keeps yours",
  },
  { id: 'solution', words: ['S', 'solution'], does: "puts the lab's file in place; asks first, and keeps yours" },
  { id: 'skip', words: ['s', 'skip'], does: 'leaves the step as it is and goes on; asks first' },
  {
    id: 'back',
    words: ['R', 'reset'],
    argument: 'NUMBER',
    does: 'goes back to before the step, or ahead to it, and undoes that; asks first',
  },
  { id: 'following', words: ['n', 'next'], does: 'shows the next step' },
  { id: 'previous', words: ['p', 'previous'], does: 'shows the step before' },
  { id: 'list', words: ['l', 'list'], argument: 'NUMBER', does: 'lists the steps; with a number, goes to that step' },
  { id: 'text', words: ['w', 'text'], does: 'says the text of the step again' },
  { id: 'checks', words: ['x', 'checks'], does: 'says how the checks of the step ended' },
  { id: 'services', words: ['v', 'services'], argument: 'start|stop|restart NAME', does: 'lists the services, or controls one' },
  { id: 'terminal', words: ['t', 'terminal'], does: "hands each line to the lab's terminal, until a line with a full stop alone" },
  { id: 'clean', words: ['clean'], does: 'deletes what was deployed; asks first' },
  { id: 'help', words: ['?', 'help'], does: 'says all this' },
  { id: 'quit', words: ['q', 'quit'], does: 'ends labwalk; what you have done is kept' },
];

/** The command in a line. Letters count as they are written: `s` is not `S`. */
export function findCommand(line: string): { id: CommandId; argument: string } | undefined {
  const [word = '', ...more] = line.trim().split(/\s+/);
  const command = plainCommands.find(({ words }) => words.includes(word));
  if (!command || (more.length > 0 && command.argument === undefined)) return undefined;
  return { id: command.id, argument: more.join(' ') };
}

export function commandHelp(): string[] {
  const shown = plainCommands.map(({ words, argument, does }) => {
    const [letter = '', word] = words;
    const typed = letter === '' ? 'Enter' : [letter, word].filter(Boolean).join(' or ');
    return `${typed}${argument === undefined ? '' : ` ${argument}`}: ${does}.`;
  });
  return [
    ...shown,
    "!COMMAND: types a command into the lab's terminal, as your own.",
    'Ctrl-C: ends what is being done. While a program runs in the terminal, what you type is for the program.',
  ];
}
