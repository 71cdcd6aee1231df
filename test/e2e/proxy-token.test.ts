/** The token of the sandbox's proxy stands in the terminal's environment, and nowhere else. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { anyCheck, fence, labwalk, makeLab } from './program.ts';
import { filesWith } from './walk.ts';

test('it is hidden where a command prints it, and in all files of labwalk', async () => {
  const show = `printf %s "$https_proxy" > ../of-mine.txt\nenv | grep -i _proxy=\ncurl -sv -o /dev/null https://sts.amazonaws.com/ 2>&1 | grep -i authorization`;
  const lab = makeLab({ steps: `### Show\n\n${fence('sh run', show)}${anyCheck}`, front: 'requires: [aws]\n' });
  const { code, stdout, stderr } = await labwalk(['run', lab.file, '--workspace', lab.workspace]);
  expect(code, stdout + stderr).toBe(0);
  const address = fs.readFileSync(path.join(path.dirname(lab.workspace), 'of-mine.txt'), 'utf8');
  const [, login = '', token = ''] = /^http:\/\/(labwalk:(\w{32}))@127\.0\.0\.1:\d+$/.exec(address) ?? [];
  expect(token).not.toBe('');
  expect(stdout).toContain('https_proxy=http://labwalk:');
  expect(stdout).toContain('Proxy-Authorization: Basic ');
  for (const secret of [token, Buffer.from(login).toString('base64')]) {
    expect(stdout + stderr).not.toContain(secret);
    expect(filesWith(secret, lab.workspace)).toEqual([]);
  }
});
