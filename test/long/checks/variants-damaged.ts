/** What copying, editors and tools do to app.py; test/checks/damage.test.ts has more of each kind. */
import { write, type WrongVariant } from './variants.ts';

const app = write();

const spoil = (name: string, text: string | Buffer, actual: string | undefined, says: string | RegExp): WrongVariant => ({
  name,
  step: 'add-routes',
  app: text,
  fails: 'myapp/app.py is Python without syntax errors',
  ...(actual === undefined ? {} : { actual }),
  says,
});

export const damaged: WrongVariant[] = [
  spoil(
    'non-breaking spaces',
    app.replace('    log_request()', '\u00A0\u00A0\u00A0\u00A0log_request()'),
    undefined,
    'It probably came along when the text was copied into line 16 of myapp/app.py. Delete it and type a space.',
  ),
  spoil(
    'typographic quotes',
    app.replace("'/users'", '‘/users’'),
    undefined,
    "It probably came along when the text was copied into line 20 of myapp/app.py. Type ' in its place.",
  ),
  spoil(
    'a zero-width space',
    app.replace('Chalice,', '\u200BChalice,'),
    undefined,
    /^It probably came along .* line 3 of myapp\/app\.py\. Delete it/,
  ),
  spoil('a Markdown fence', `\`\`\`python\n${app}\n\`\`\`\n`, undefined, /^Delete lines 1 and \d+ of myapp\/app\.py\.$/),
  spoil('a prompt', `$ nano app.py\n${app}`, undefined, 'Delete line 1 of myapp/app.py. Commands belong in the terminal.'),
  spoil(
    'UTF-16',
    Buffer.from(`\uFEFF${app}`, 'utf16le'),
    'line 1: the file is saved as UTF-16, and not as UTF-8',
    /^Save myapp\/app\.py again with the encoding UTF-8\./,
  ),
  spoil(
    'tabs and spaces mixed',
    app.replace('    log_request()', '\tlog_request()'),
    undefined,
    /^Look at line 17 of myapp\/app\.py\. Python goes by the spaces in front of a line/,
  ),
];
