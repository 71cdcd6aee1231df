import type { Key } from '../state/input.ts';

/** The keys that end a dialog without doing anything: Esc and Ctrl-C. */
export const isRefusal = ({ name, ctrl }: Key): boolean => name === 'escape' || (ctrl && name === 'c');
