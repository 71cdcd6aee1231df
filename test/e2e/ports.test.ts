/** Ports of several labwalks on one machine. */
import { expect, test } from 'vitest';
import { anyCheck, fence, makeFolder, makeLab, startLabwalk } from './program.ts';

test('two that run at the same time choose different ports, whatever folders their environments name', async () => {
  const steps = `### Wait\n\n${fence('sh run', 'echo "port <$PORT>"; sleep 1000')}${anyCheck}`;
  const start = async () => {
    const lab = makeLab({ steps, front: 'variables:\n  PORT: { free-port: 23400 }\n' });
    const env = { TMPDIR: makeFolder(), XDG_RUNTIME_DIR: makeFolder() };
    const program = startLabwalk(['run', lab.file, '--workspace', lab.workspace], { env });
    await program.shows('port <');
    await program.shows('>\n');
    return /port <(\d+)>/.exec(program.stdout)![1];
  };
  const first = await start();
  expect(await start()).not.toBe(first);
});
