import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const outside = [
  { object: 'process', property: 'env', message: 'Only src/cli.ts reads the environment; everything below is handed what it needs.' },
  { object: 'process', property: 'cwd', message: 'Only src/cli.ts reads the current directory; everything below is handed what it needs.' },
];

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
  tseslint.configs.recommended,
  {
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
  { files: ['src/**', 'toolchain/**'], ignores: ['src/cli.ts'], rules: { 'no-restricted-properties': ['error', ...outside] } },
  { files: ['*.js', '*.config.ts', 'solutions/**', 'test/**'], rules: { 'no-restricted-exports': 'off' } },
);
