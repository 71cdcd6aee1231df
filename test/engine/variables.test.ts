import { expect, test } from 'vitest';
import { prepareVariables } from '../../src/engine/context/variables.ts';
import type { Variable } from '../../src/lab/types.ts';

const place = { file: 'lab.md', line: 1, column: 1 };
const declared: Variable[] = [
  { name: 'STAGE', kind: 'value', value: 'dev', place },
  { name: 'PORT', kind: 'free-port', port: 8080, place },
  { name: 'WHO', kind: 'random', shape: 'name', place },
  { name: 'OTHER', kind: 'random', shape: 'name', place },
  { name: 'AGE', kind: 'random', shape: 'number', place },
  { name: 'ID', kind: 'random', shape: 'id', place },
  { name: 'API_URL', kind: 'captured', place },
];
const claimPort = (from: number) => Promise.resolve(from + 1);

test('every variable has a value from the start but the captured ones', async () => {
  const values = await prepareVariables(declared, { seed: 'a', previous: {}, claimPort });
  expect(values).toMatchObject({ STAGE: 'dev', PORT: '8081' });
  expect(values['WHO']).toMatch(/^[A-Z][a-z]+$/);
  expect(Number(values['AGE'])).toBeGreaterThanOrEqual(10);
  expect(values['ID']).toMatch(/^[0-9a-f]{8}$/);
  expect(values).not.toHaveProperty('API_URL');
});

test('the same seed gives the same values, and two seeds hardly ever do', async () => {
  const once = (seed: string) => prepareVariables(declared, { seed, previous: {}, claimPort });
  expect(await once('a')).toEqual(await once('a'));
  const ids = await Promise.all(['a', 'b', 'c', 'd'].map(async (seed) => (await once(seed))['ID']));
  expect(new Set(ids).size).toBe(4);
});

test('two variables of one shape have values of their own', async () => {
  const pairs = await Promise.all(['a', 'b', 'c'].map((seed) => prepareVariables(declared, { seed, previous: {}, claimPort })));
  expect(pairs.some(({ WHO, OTHER }) => WHO !== OTHER)).toBe(true);
});

test('a learner who comes back finds the values of last time', async () => {
  const previous = { WHO: 'Nora', PORT: '9000', API_URL: 'https://x.example/api/', STAGE: 'old' };
  const values = await prepareVariables(declared, { seed: 'b', previous, claimPort });
  expect(values).toMatchObject({ WHO: 'Nora', PORT: '9001', API_URL: 'https://x.example/api/', STAGE: 'dev' });
});
