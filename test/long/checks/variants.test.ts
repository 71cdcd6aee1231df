/** Behaviour decides, not text: many ways to write the flagship's app.py, each checked by the built program with the real Chalice. */
import { expect, test } from 'vitest';
import { write, type Variant } from './variants.ts';
import { brokenOnAws } from './variants-aws.ts';
import { damaged } from './variants-damaged.ts';
import { wrongFile } from './variants-file.ts';
import { wrongGreeting } from './variants-greeting.ts';
import { wrongObject } from './variants-object.ts';
import { right } from './variants-right.ts';
import { startInstalled } from '../../e2e/installed.ts';
import { tryPrograms } from '../programs/try-programs.ts';

const wrong = [...wrongFile, ...damaged, ...brokenOnAws, ...wrongGreeting, ...wrongObject];
const asProgram = <T extends Variant>({ app, files, ...rest }: T) => ({ ...rest, files: { 'app.py': app, ...files } });

tryPrograms(
  'chalice',
  { project: 'myapp', through: 'run-again', seed: 'variants', prepare: startInstalled, base: { 'app.py': write() } },
  right.map(asProgram),
  wrong.map(asProgram),
);

test('there are at least 90 variants', () => {
  expect(new Set([...right, ...wrong].map(({ app, files }) => JSON.stringify([app, files]))).size).toBeGreaterThanOrEqual(90);
});
