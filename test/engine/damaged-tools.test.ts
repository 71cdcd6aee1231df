import { expect, test } from 'vitest';
import { findDamagedTools } from '../../src/engine/failures/explain-failure.ts';

const toolchain = '/home/ada/.cache/labwalk/toolchain-915a2b512a82';

/** As pip 23.2 prints it. */
const otherHash = (link: string) => `Processing ${link}
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, please update the hashes. Otherwise, examine the package contents carefully; someone may have tampered with them.
    chalice from ${link}#sha256=4721f3:
        Expected sha256 4721f3
             Got        03411d
`;

/** As Python prints it. */
const traceback = (file: string, error: string) => `Traceback (most recent call last):
  File "${toolchain}/bin/aws", line 19, in <module>
    import awscli.clidriver
  File "${file}", line 243
    def _loa
            ^
${error}
`;

test("a wheel of the cache with another hash, in a folder with a space, and in a lab's own packages", () => {
  const wheels = [
    `file://${toolchain}-Ab3/wheels/chalice-1.34.0-1labwalk-py3-none-any.whl`,
    'file:///a%20b/labwalk/lab-0d02986e1589/wheels/x.whl',
  ];
  for (const wheel of wheels) {
    expect(findDamagedTools(otherHash(wheel))).toMatchObject({
      signature: 'damaged-package',
      what: expect.stringContaining('The package chalice in') as string,
      fix: expect.stringContaining('`labwalk clean --toolchain`') as string,
    });
  }
});

test("a package of the learner's own with another hash is theirs to look at", () => {
  expect(findDamagedTools(otherHash('https://files.pythonhosted.org/packages/chalice-1.34.0-py3-none-any.whl'))).toBeUndefined();
});

test.each(["SyntaxError: expected '('", 'ImportError: cannot import name main', 'EOFError: marshal data too short'])(
  'a file of the tools that ends a traceback with %s',
  (error) => {
    const file = `${toolchain}/venv/lib/python3.11/site-packages/awscli/clidriver.py`;
    expect(findDamagedTools(traceback(file, error))).toMatchObject({
      signature: 'damaged-tools',
      what: expect.stringContaining(file) as string,
    });
  },
);

test("a mistake in the learner's own file is none of the tools, although the tools called it", () => {
  expect(findDamagedTools(traceback('/home/ada/myapp/app.py', "SyntaxError: expected ':'"))).toBeUndefined();
});

test('an error that the tools mean is no damage', () => {
  const file = `${toolchain}/venv/lib/python3.11/site-packages/botocore/client.py`;
  expect(findDamagedTools(traceback(file, 'botocore.exceptions.ClientError: An error occurred (AccessDenied)'))).toBeUndefined();
});

test('a long line without a blank is looked through in no time', () => {
  expect(findDamagedTools(`File "${'/labwalk/toolchain-'.repeat(100_000)}`)).toBeUndefined();
});
