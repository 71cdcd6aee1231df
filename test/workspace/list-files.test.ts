import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createIgnored } from '../../src/workspace/ignored.ts';
import { listFiles } from '../../src/workspace/list-files.ts';
import { makeFolder } from '../checks/context.ts';

test('the learner’s files are listed below a folder, without environments of any name and without what links lead to', async () => {
  const root = await makeFolder({
    'top.txt': '',
    'myapp/app.py': '',
    'myapp/lib/db.py': '',
    'myapp/.chalice/config.json': '{}',
    'myapp/.chalice/deployments/a.zip': '',
    'myapp/tools/pyvenv.cfg': '',
    'myapp/tools/lib/x.py': '',
    'myapp/__pycache__/app.pyc': '',
  });
  fs.symlinkSync(root, path.join(root, 'myapp', 'loop'));
  const isIgnored = createIgnored(root, ['.chalice/deployments']);
  expect(listFiles(root, isIgnored, 'myapp')).toEqual(['myapp/.chalice/config.json', 'myapp/app.py', 'myapp/lib/db.py']);
  expect(listFiles(root, isIgnored)).toContain('top.txt');
  expect(listFiles(root, isIgnored, '.', 2)).toHaveLength(2);
  expect(listFiles(root, isIgnored, 'not-there')).toEqual([]);
});
