/**
 * Whether a process that a file names still runs. The answer is in `toolchain/`, in plain JavaScript, because the set-up of a checkout asks
 * it before anything is built.
 */
export { formatIdentity, hasProc, identify, isElsewhere, mayRun, parseIdentity, readStat } from '../../toolchain/liveness.mjs';
export type { ProcessIdentity, ProcessStat } from '../../toolchain/liveness.mjs';
