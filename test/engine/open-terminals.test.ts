import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createOpenTerminals } from '../../src/engine/terminals/open-terminals.ts';
import { createOutputLogs } from '../../src/engine/terminals/output-log.ts';
import { createShownTerminals } from '../../src/engine/terminals/shown-terminals.ts';
import { createRedactor } from '../../src/secrets/redactor.ts';
import { makeFolder, testEnv } from '../terminal/support.ts';

test('a terminal that could not be opened is opened when it is needed again', async () => {
  const workspace = makeFolder();
  const bash = path.join(workspace, 'bash');
  const redactor = createRedactor();
  let commands = 0;
  const opened = createOpenTerminals({
    ...{ workspace, bash, redactor, env: testEnv(), directory: workspace, variables: {}, plain: false, screen: false },
    shown: createShownTerminals({ redactor, now: Date.now }),
    logs: createOutputLogs(workspace, () => {}),
    emit: () => {},
    nextCommand: () => ++commands,
    followed: () => undefined,
    onTypedStart: () => {},
    onTypedEnd: () => {},
  });
  onTestFinished(() => opened.closeAll());
  await expect(opened.main()).rejects.toThrow("The lab's terminal can't be opened");
  expect(await opened.mainIfOpen()).toBeUndefined();
  fs.symlinkSync('/bin/bash', bash);
  const { terminal } = await opened.main();
  expect(await terminal.run('echo open')).toMatchObject({ status: 0 });
});
