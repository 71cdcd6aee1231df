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

/** What is fetched is kept packed, in folders, and in the cache of its own tool. */
const unpacked = 4;

/**
 * @param made the toolchain is there already
 * @param toFetch megabytes of the labs' own packages that are not there yet
 */
export const cacheDisk = (folder: string, made: boolean, toFetch = 0): NeededSpace => ({
  id: 'disk-cache',
  name: 'Cache folder',
  folder,
  needed: (made ? littleSize : toolchainSize) + toFetch * unpacked,
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
