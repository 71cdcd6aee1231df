import type { Mode } from './types.ts';

/** Whether a part of a lab is only shown in this mode, and not done. */
export const isForOtherMode = ({ when }: { when?: Mode }, mode: Mode): boolean => when !== undefined && when !== mode;
