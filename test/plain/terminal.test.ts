import { spawn as spawnPty, type IPty } from '@lydell/node-pty';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { secret, temporaryId, token } from '../walk/keys/sample-keys.ts';

const otherId = 'ASIAOTHEROTHEROTHER1';
const open: IPty[] = [];
afterEach(() => {
  for (const pty of open.splice(0)) pty.kill('SIGKILL');
});

/** The program in a real terminal: what is typed is echoed by it, unless it was told not to. */
function start(env: Record<string, string>) {
  const program = fileURLToPath(new URL('program.ts', import.meta.url));
  const pty = spawnPty(process.execPath, ['--import', 'tsx', program], {
    ...{ cols: 80, rows: 24, name: 'dumb' },
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LANG: 'C.UTF-8', ...env },
  });
  open.push(pty);
  let text = '';
  let heard = 0;
  const listeners = new Set<() => void>();
  pty.onData((piece) => {
    text += piece;
    listeners.forEach((look) => look());
  });
  const hears = (what: string) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`"${what}" was not said. What was said:\n${text.slice(heard)}`)), 30_000);
      const look = () => {
        const at = text.indexOf(what, heard);
        if (at === -1) return;
        heard = at + what.length;
        clearTimeout(timer);
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  return { hears, press: (keys: string) => pty.write(keys), text: () => text };
}

test('keys are asked for without being seen, slips are told at once, and they are asked for again when they will not do', async () => {
  const { hears, press, text } = start({});
  await hears('Enter: give AWS keys.');
  press('\r');
  await hears('What you type is not shown.');
  await hears('Access key ID, or a whole block > ');
  press(`${secret}\r`);
  await hears('That looks like the secret access key.');
  await hears('Access key ID, or a whole block > ');
  press(`${otherId}\r`);
  await hears('Secret access key > ');
  press(`${secret.slice(2)}\r`);
  await hears('this one has 38. Was all of it copied?');
  press(`${secret}\r`);
  await hears('Session token');
  press(`${token}\r`);
  await hears('Region');
  press('\r');
  await hears('These keys will not do. They are of no use.');
  await hears('Access key ID, or a whole block > ');
  press(
    [
      `# keys for today`,
      `aws_session_token = "${token}"`,
      '[default]',
      `aws_secret_access_key=${secret}`,
      '',
      `aws_access_key_id=${temporaryId}`,
    ]
      .concat('region = eu-west-1', '')
      .join('\r'),
  );
  await hears('The keys are good. Account 123456789012, region eu-west-1.');
  await hears('Step 1 of 3 has passed.');
  await hears(' > ');
  press('v\r');
  await hears('No service');
  press('q\r');
  await hears('exit 0');
  for (const hidden of [otherId, temporaryId, secret, secret.slice(2), token]) expect(text()).not.toContain(hidden);
});

test('the editor has the terminal while it runs, and what it saved is checked', async () => {
  const { hears, press } = start({ EDITOR: `bash -c 'read -p "editing: " TEXT; echo "$TEXT" > "$0"'` });
  await hears(' > ');
  press('n\r');
  await hears('Enter: open app/note.txt in your editor.');
  press('\r');
  await hears('editing: ');
  press('good enough\r');
  await hears('Step 2 of 3 has passed.');
  await hears('Enter: go on to step 3');
  press('q\r');
  await hears('exit 0');
});

test('Ctrl-C ends a command, and asks at the question', async () => {
  const { hears, press } = start({});
  await hears(' > ');
  press('l 3\r');
  await hears('Enter: type "echo started; sleep 600".');
  press('\r');
  await hears('started');
  press('\x03');
  await hears('Stopped. Press Enter to retry.');
  await hears(' > ');
  press('\x03');
  await hears('Quit labwalk?');
  await hears(' > ');
  press('y\r');
  await hears('exit 0');
});
