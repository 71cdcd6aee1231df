/** Why the system refuses a file. The words are in `toolchain/`, in plain JavaScript, because the set-up of a checkout says them, too. */
export { helpAgainst, isLimit, isRefusal, whyRefused } from '../../toolchain/refusal.mjs';
