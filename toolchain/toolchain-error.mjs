/** Something that the person can mend. `fix` has one line for each thing to do. */
export class ToolchainError extends Error {
  /** @override */
  name = 'ToolchainError';
  /**
   * @param {string} what
   * @param {string} fix
   */
  constructor(what, fix) {
    super(`${what} ${fix}`);
    this.what = what;
    this.fix = fix;
  }
}
