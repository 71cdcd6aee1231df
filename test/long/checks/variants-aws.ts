/** Right on this machine and broken on AWS: the step in which app.py is written says so. Each is refused by Chalice's own code for deploys, or by Lambda. */
import { GET, POST, solution, write, type WrongVariant } from './variants.ts';

const FAILS = 'Chalice can deploy it, and Lambda can run it';
const WITH_REQUIREMENTS = (text: string) => ({ 'requirements.txt': text });

/** An app.py with something in front. */
const begin = (lines: string) => `${lines}\n${write()}`;

const broken = (
  name: string,
  app: string | Buffer,
  actual: string,
  says: string | RegExp,
  files: Record<string, string> = {},
): WrongVariant => ({
  name,
  step: 'add-routes',
  app,
  files,
  fails: FAILS,
  actual,
  says,
});

export const brokenOnAws: WrongVariant[] = [
  broken(
    'a byte order mark',
    `\uFEFF${solution}`,
    'app.py begins with a byte order mark (U+FEFF): Python takes it, chalice deploy does not',
    /^Save myapp\/app\.py as UTF-8 without BOM\./,
  ),
  broken(
    'a comment in Windows-1252',
    Buffer.from(begin('import os\n# für Größen'), 'latin1'),
    'line 2 of myapp/app.py has a letter that is not UTF-8, and chalice deploy reads nothing else',
    /^Save myapp\/app\.py again with the encoding UTF-8\./,
  ),
  broken(
    'a function inside a view',
    write({
      post: `${POST.slice(0, POST.indexOf('    return'))}    def wrap(value):\n        return value\n    return wrap(app.current_request.json_body)\n`,
    }),
    "chalice deploy would stop at line 25 of myapp/app.py: it can't follow a call of wrap, which is a function inside a function",
    /^Move wrap out of the function, to the left margin of app\.py\./,
  ),
  broken(
    'a function inside a helper that a view calls',
    write({ log: '\ndef log_request():\n    def line():\n        return app.current_request.method\n    app.log.debug(line())\n' }),
    "chalice deploy would stop at line 29 of myapp/app.py: it can't follow a call of line, which is a function inside a function",
    /^Move line out of the function/,
  ),
  broken(
    'a set made in a view',
    write({ log: '\ndef log_request():\n    app.log.debug(sorted({key for key in app.current_request.headers}))\n' }),
    "chalice deploy would stop at line 27 of myapp/app.py: KeyError: 'key'",
    /in a simpler way\.$/,
  ),
  broken(
    'bytes as an answer',
    write({ post: POST.replace('json_body', 'raw_body') }),
    'POST /users answers with bytes, and Lambda can pass on only text: the caller would get 502',
    /^Return text or an object/,
  ),
  broken(
    'bytes as a page',
    write({ get: GET.replace("'.</h1>'", "'.</h1>').encode(").replace("body='", "body=('").replace('.encode(,', '.encode(),') }),
    'GET /users/Ada answers with bytes, and Lambda can pass on only text: the caller would get 502',
    /^Return text or an object/,
  ),
  broken(
    'CORS and OPTIONS for one route',
    write({ post: POST.replace("['POST']", "['POST', 'OPTIONS'], cors=True") }),
    "chalice deploy would refuse it: Route entry cannot have both cors=True and methods=['OPTIONS', ...] configured. When CORS is enabled, an OPTIONS method is automatically added for you. Please remove 'OPTIONS' from the list of configured HTTP methods for: /users",
    /^Change that/,
  ),
  broken(
    'a package that only the environment has',
    begin('import requests'),
    "line 1 of myapp/app.py imports requests, which is in the lab's environment but not in requirements.txt",
    /^Write requests on a line of its own in myapp\/requirements\.txt\./,
  ),
  broken(
    'one with another name than its package, in a module of the app',
    begin('from chalicelib import settings'),
    "line 2 of myapp/chalicelib/settings.py imports yaml, which is in the lab's environment but not in requirements.txt",
    /^Write PyYAML on a line of its own/,
    { 'chalicelib/settings.py': 'import json\nimport yaml\n' },
  ),
  broken(
    'one that a view imports',
    write({ post: POST.replace('    log_request()', '    import rich.console\n    log_request()') }),
    "line 22 of myapp/app.py imports rich, which is in the lab's environment but not in requirements.txt",
    /^Write rich on a line of its own/,
  ),
  broken(
    'a module beside app.py',
    begin('import greeting'),
    'line 1 of myapp/app.py imports greeting, and chalice deploy leaves that file behind',
    /^Chalice packs app\.py and the folder chalicelib\. Move greeting into myapp\/chalicelib/,
    { 'greeting.py': 'TEXT = "hello"\n' },
  ),
  broken(
    'a package named in a comment only',
    begin('import requests'),
    "line 1 of myapp/app.py imports requests, which is in the lab's environment but not in requirements.txt",
    /^Write requests/,
    WITH_REQUIREMENTS('# requests\n'),
  ),
];
