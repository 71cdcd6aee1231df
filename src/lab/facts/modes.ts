import type { Mode, When } from '../types.ts';

/** Whether a part of a lab is only shown in this mode, and not done. What is for a scenario of the sandbox has been settled; see settle-when.ts. */
export const isForOtherMode = ({ when }: { when?: When }, mode: Mode): boolean => when !== undefined && when !== mode;
