import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { linkPrograms, makeFolder, writeProgram } from './folders.ts';

/**
 * A machine of scripts: a Python that "downloads" two wheels, and a uv that "installs" packages. What they are asked for is in `log`.
 * The real ones are in toolchain.real.test.ts.
 */
export function makeMachine(options: { uv?: string; python?: string } = {}) {
  const folder = makeFolder();
  const bin = linkPrograms(path.join(folder, 'bin'), ['bash', 'sh', 'mkdir', 'touch', 'cat', 'sleep', 'dirname']);
  const log = path.join(folder, 'log');
  const fill = `
    for name in ministack boto3 botocore awscli trustme certifi cryptography hypercorn urllib3; do
      mkdir -p "$venv/lib/python3.11/site-packages/$name"; echo x > "$venv/lib/python3.11/site-packages/$name/__init__.py"
    done
    mkdir -p "$venv/bin"; echo x > "$venv/pyvenv.cfg"; echo '#!/bin/sh' > "$venv/bin/aws"; cat "$(dirname "$0")/python3" > "$venv/bin/python"; chmod +x "$venv/bin/python"`;
  linkPrograms(bin, ['chmod']);
  const python = writeProgram(
    bin,
    'python3',
    `if [ "$1" = -c ] && [[ $2 == *ensurepip* ]]; then
       echo '{"version":"3.11.7","new":true,"executable":"${path.join(bin, 'python3')}","pip":"/opt/pip.whl"}'; exit; fi
     echo "python $*" >> '${log}'
     ${options.python ?? ''}
     if [ "$1" = -m ] && [ "$2" = venv ]; then venv=$3; ${fill}; fi
     if [ "$2" = download ]; then
       while [ "$1" != -d ]; do shift; done; mkdir -p "$2"; echo x > "$2/chalice-1.34.0-py3-none-any.whl"; echo x > "$2/six-1.17.0-py2.py3-none-any.whl"
     fi`,
  );
  writeProgram(bin, 'uv', `echo "uv $*" >> '${log}'\n${options.uv ?? `[ "$1" = venv ] && { venv=\${!#}; ${fill}; }; exit 0`}`);
  const env = { PATH: bin, HOME: folder, XDG_CACHE_HOME: path.join(folder, 'cache'), XDG_CONFIG_DIRS: folder };
  const readLog = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  return { env, python, readLog, cache: path.join(folder, 'cache', 'labwalk') };
}
