/** Which folders a lab fills, and by how much. */

/** Megabytes of the toolchain while it is made, with uv and its cache. */
const toolchainSize = 400;
/** Megabytes of a virtual environment with its packages, and of what is deployed from it. */
const environmentSize = 150;
/** Megabytes of a journal, outputs and copies. */
const littleSize = 10;

export interface NeededSpace {
  id: string;
  name: string;
  folder: string;
  /** Megabytes. */
  needed: number;
  fix: string;
}

/** @param made the toolchain is there already */
export const cacheDisk = (folder: string, made: boolean): NeededSpace => ({
  id: 'disk-cache',
  name: 'Cache folder',
  folder,
  needed: made ? littleSize : toolchainSize,
  fix: 'Delete something that you no longer need (`npm cache clean --force` often frees much), or choose a larger disk:\n  export XDG_CACHE_HOME=DIR',
});

/** @param aws the lab uses the sandbox, and the Python tools in environments of its own */
export const workspaceDisk = (folder: string, aws: boolean): NeededSpace => ({
  id: 'disk-workspace',
  name: 'Workspace',
  folder,
  needed: aws ? environmentSize : littleSize,
  fix: 'Delete something that you no longer need (`npm cache clean --force` often frees much), or choose a folder on a larger disk with --workspace DIR.',
});
