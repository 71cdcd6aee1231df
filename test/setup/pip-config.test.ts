import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { labPipSettings, readPipConfig, uvSettings } from '../../toolchain/pip-config.mjs';
import { makeFolder } from './folders.ts';

function homeWith(config: string): { HOME: string; XDG_CONFIG_DIRS: string } {
  const HOME = makeFolder();
  mkdirSync(path.join(HOME, '.config', 'pip'), { recursive: true });
  writeFileSync(path.join(HOME, '.config', 'pip', 'pip.conf'), config);
  return { HOME, XDG_CONFIG_DIRS: HOME };
}
const mirror =
  '[global]\nindex-url = https://me:secret@mirror.example/simple\n; a comment\n[install]\nextra-index-url =\n  https://one.example/simple\n  https://two.example:8443/simple\n';

test("pip's own file is read: sections, comments and values of several lines", () => {
  expect(readPipConfig(homeWith(mirror))).toMatchObject({
    'index-url': 'https://me:secret@mirror.example/simple',
    'extra-index-url': 'https://one.example/simple https://two.example:8443/simple',
  });
});

test('a variable counts more than the file, and /dev/null turns all files off', () => {
  const env = homeWith(mirror);
  expect(readPipConfig({ ...env, PIP_INDEX_URL: 'https://other.example/simple' })['index-url']).toBe('https://other.example/simple');
  expect(readPipConfig({ ...env, PIP_CONFIG_FILE: '/dev/null' })).toEqual({});
});

test("uv is told the person's index, certificate and wheels in its own variables", () => {
  const env = { ...homeWith(mirror), PIP_CERT: '/etc/ca.crt', PIP_FIND_LINKS: '/opt/a /opt/b' };
  expect(uvSettings(env)).toMatchObject({
    UV_DEFAULT_INDEX: 'https://me:secret@mirror.example/simple',
    UV_INDEX: 'https://one.example/simple https://two.example:8443/simple',
    UV_FIND_LINKS: '/opt/a,/opt/b',
    SSL_CERT_FILE: '/etc/ca.crt',
  });
});

test('what the person set for uv itself stays', () => {
  expect(uvSettings({ ...homeWith(mirror), UV_DEFAULT_INDEX: 'https://uv.example/simple' })['UV_DEFAULT_INDEX']).toBe(
    'https://uv.example/simple',
  );
});

test("the lab's pip keeps the person's settings under another HOME and adds the wheels and versions", () => {
  const env = { ...homeWith(mirror), PIP_CERT: '/etc/ca.crt', PIP_FIND_LINKS: '/opt/wheels', PIP_CONSTRAINT: '/opt/mine.txt' };
  const settings = labPipSettings(env, { wheels: ['/cache/a b/wheels.html'], constraints: '/cache/a b/constraints.txt' });
  expect(settings).toMatchObject({
    PIP_CERT: '/etc/ca.crt',
    PIP_CONFIG_FILE: path.join(env.HOME, '.config', 'pip', 'pip.conf'),
    PIP_FIND_LINKS: 'file:///cache/a%20b/wheels.html /opt/wheels',
    PIP_CONSTRAINT: '/opt/mine.txt file:///cache/a%20b/constraints.txt',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
  });
  expect(JSON.stringify(settings)).not.toContain('secret');
});
