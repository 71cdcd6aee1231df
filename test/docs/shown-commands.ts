/** How each command of the docs' `sh` fences is exercised: the test that does it, by its file and its name or a piece of it. */
export const shownCommands: Record<string, { by: string; test: string }> = {
  'npm start': { by: 'test/e2e/flagship.test.ts', test: 'without a command and without a terminal the flagship runs' },
  'npm test': { by: '.ci/run', test: 'exec npm test' },
  'npm run check': { by: 'scripts/test.mjs', test: 'What `npm run check` does' },
  'npm run bench': { by: 'test/docs/docs.test.ts', test: 'every script that a page names is in package.json' },
  'npm start -- run chalice --report junit=labwalk.xml': { by: 'test/e2e/docs.test.ts', test: 'npm start passes its arguments on' },
  'node bin/labwalk.js lint hello.md': { by: 'test/e2e/docs.test.ts', test: 'has no mistakes' },
  'node bin/labwalk.js run hello.md': { by: 'test/e2e/docs.test.ts', test: 'runs, and all its checks pass' },
  'labwalk verify chalice': { by: 'test/e2e/verify-flagship.test.ts', test: 'labwalk verify chalice' },
  'labwalk verify chalice --mutate --report html=chalice.html': { by: 'test/e2e/verify-flagship.test.ts', test: 'labwalk verify chalice' },
  'labwalk doctor --aws': { by: 'test/e2e/doctor-aws.test.ts', test: 'labwalk doctor --aws' },
  'labwalk doctor chalice --aws': { by: 'test/e2e/doctor-aws.test.ts', test: 'labwalk doctor chalice --aws' },
};
