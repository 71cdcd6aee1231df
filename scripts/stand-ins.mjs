/**
 * Stands in the bundle for packages that marked-terminal imports and labwalk never lets it use: cli-highlight (all 190 languages of highlight.js),
 * node-emoji (`:wave:`) and cli-table3. Code and tables are drawn by src/tui/markdown/.
 */
const refuse = () => {
  throw new Error('labwalk draws code, tables and emoji itself');
};

export const highlight = refuse;
export const get = refuse;
export { refuse as default };
