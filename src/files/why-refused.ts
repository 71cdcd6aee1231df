import { errorCode } from './error-code.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  ENOENT: 'no folder can be made there',
  EROFS: 'it is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on this disk is used up',
  EMFILE: 'this process has too many files open (see `ulimit -n`)',
  ENFILE: 'this machine has too many files open',
  ENAMETOOLONG: 'its name is too long',
};

/** Why the system refused to write a file or to make a folder, as the second half of a sentence: `the disk is full`. */
export const whyRefused = (error: unknown): string => reasons[errorCode(error) ?? ''] ?? (error as Error).message;
