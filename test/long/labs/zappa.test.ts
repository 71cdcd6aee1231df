/** The Zappa lab as an instructor verifies it: every step works twice, every check can fail, and nothing is left of what Zappa and its learner made. */
import { expect, test } from 'vitest';
import { titlesOf, verifiedLab } from './verified-lab.ts';

test('labwalk verify zappa', async () => {
  const lab = await verifiedLab('zappa');
  expect(lab.steps.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['install', 'run-locally', 'deploy-refused', 'deploy', 'call-api', 'logs', 'update', 'delete']),
  );
  // the checks of the users API are the flagship's: on this machine and deployed
  expect(titlesOf(lab).filter((title) => title === 'Whatever its keys are, and however deep it goes')).toHaveLength(2);
});
