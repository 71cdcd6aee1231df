/** Ways in which a solution is changed to see whether a lab's checks notice: what a learner did. */
export const mutantOperatorsAbout = {
  route: 'wrote a path with another segment, another parameter, or a slash too few or too many',
  method: 'named another HTTP method, wrote it in small letters or as a string where a list belongs, or left one out',
  status: 'answered with another status',
  header: "misspelt a header's name, or gave another content type, or none of its charset",
  literal: 'made a slip in a text or a key, or wrote another number or truth value',
  comparison: 'took `<` for `<=`, `and` for `or`, `+` for `-`',
  'missing-line': 'left out a statement, a decorator, an argument, an imported name, a line',
  'missing-word': 'left out `return`, `await`, `not`, the `f` before a string, or a call around a value',
  'swapped-name': 'took one name for another, or swapped two arguments',
  'swapped-value': 'swapped the values of two keys',
  indentation: 'moved a line into or out of the block above',
  syntax: 'forgot a colon, a comma, a quote, a bracket',
} as const;
export type MutantOperator = keyof typeof mutantOperatorsAbout;

export const mutantOperators = Object.keys(mutantOperatorsAbout) as [MutantOperator, ...MutantOperator[]];
