import type { FileDiff } from '../../diff/types.ts';

/** What an update wants done in the world. The driver does it, and tells what came of it as messages. */
export type Effect =
  | { do: 'open-lab'; name: string }
  /** Back to the list: ends services and terminals. */
  | { do: 'close-lab' }
  | { do: 'quit' }
  /** A method of the walk that takes nothing. */
  | { do: 'next' | 'check' | 'redo' | 'hint' | 'take-solution' | 'edit' | 'skip' | 'stop' | 'clean-up' }
  | { do: 'go-to' | 'go-back'; step: string }
  /** Without a number: all of the file. */
  | { do: 'take-from-lab'; file: FileDiff; hunk?: number }
  | { do: 'control-service'; name: string; what: 'start' | 'stop' | 'restart' }
  | { do: 'redraw' | 'open-terminal' }
  | { do: 'close-terminal'; id: string }
  /** Keys for the terminal that is shown. */
  | { do: 'type'; id: string; keys: string }
  | { do: 'search-terminal'; text: string }
  | { do: 'answer'; question: number; answer: unknown };

/** Where something was found. Columns and lines count from 0. */
export interface MatchPlace {
  line: number;
  column: number;
  length: number;
}
