import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const outside = [
  { object: 'process', property: 'env', message: 'Only src/cli.ts reads the environment; everything below is handed what it needs.' },
  { object: 'process', property: 'cwd', message: 'Only src/cli.ts reads the current directory; everything below is handed what it needs.' },
];

/** What any Node must be able to read: it says that a newer one is needed. */
const forOldNodes = ['bin/labwalk.js', 'bin/check-node.cjs'];

export default defineConfig(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'workspace/',
      'solutions/',
      'labs/',
      'test/labs/',
      'test/golden/',
      '.labwalk/',
      '.dependency-cruiser.js',
    ],
  },
  { files: forOldNodes, languageOptions: { ecmaVersion: 5, sourceType: 'commonjs' } },
  { ignores: forOldNodes, extends: [tseslint.configs.recommended] },
  {
    ignores: forOldNodes,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-control-regex': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/files/write-whole.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'write-file-atomic', message: 'Use src/files/write-whole.ts: it notices a full disk.' }] },
      ],
    },
  },
  { files: ['src/**', 'toolchain/**'], ignores: ['src/cli.ts'], rules: { 'no-restricted-properties': ['error', ...outside] } },
  { files: ['bin/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['*.js', '*.config.ts', 'solutions/**', 'test/**'], rules: { 'no-restricted-exports': 'off' } },
);
