/** Ways in which a solution is changed to see whether a lab's checks notice; what each stands for is in docs/lab-format.md. */
export const mutantOperators = [
  'route',
  'method',
  'status',
  'header',
  'literal',
  'comparison',
  'missing-line',
  'missing-word',
  'swapped-name',
  'swapped-value',
  'indentation',
  'syntax',
] as const;
export type MutantOperator = (typeof mutantOperators)[number];
