import { expect, test } from 'vitest';
import { keysEnvironment } from '../../src/aws/keys-environment.ts';
import { sandboxEnvironment } from '../../src/aws/sandbox/environment.ts';

const sandbox = {
  endpoint: 'http://127.0.0.1:4001',
  proxy: 'http://127.0.0.1:4002',
  bundle: '/tmp/s/bundle.pem',
  region: 'ap-southeast-1',
  given: { accessKeyId: 'ASIAGIVEN', secretAccessKey: 'given', sessionToken: 'token' },
};
const make = (personEnv: Record<string, string>, pip: Record<string, string> = {}) =>
  sandboxEnvironment({ sandbox, home: '/ws/home', bin: '/tools/bin', personEnv, pip });

test("nothing of the person's is in it but what is on the list", () => {
  const own = {
    HOME: '/home/ana',
    AWS_PROFILE: 'work',
    AWS_ACCESS_KEY_ID: 'AKIAOWN',
    BOTO_CONFIG: '/x',
    GITHUB_TOKEN: 'own',
    PYTHONPATH: '/x',
    LC_TIME: 'de_DE.UTF-8',
  };
  const env = make({ ...own, HTTPS_PROXY: 'http://ana:own@corp:3128', SSL_CERT_FILE: '/etc/own.pem', LANG: 'en_US.UTF-8', TERM: 'xterm' });
  expect(env).toMatchObject({ LANG: 'en_US.UTF-8', LC_TIME: 'de_DE.UTF-8', TERM: 'xterm', HOME: '/ws/home' });
  for (const name of ['AWS_PROFILE', 'GITHUB_TOKEN', 'PYTHONPATH']) expect(env).not.toHaveProperty(name);
  expect(Object.values(env).join('\n')).not.toMatch(/own|AKIAOWN/);
});

test('the given keys, the sandbox, its proxy and its certificates are what every tool finds', () => {
  const env = make({});
  expect(env).toMatchObject({
    AWS_ACCESS_KEY_ID: 'ASIAGIVEN',
    AWS_SECRET_ACCESS_KEY: 'given',
    AWS_SESSION_TOKEN: 'token',
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_DEFAULT_REGION: 'ap-southeast-1',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    BOTO_CONFIG: '/dev/null',
    HTTPS_PROXY: sandbox.proxy,
    https_proxy: sandbox.proxy,
    NO_PROXY: 'localhost,127.0.0.1,::1',
    REQUESTS_CA_BUNDLE: sandbox.bundle,
    PIP_CERT: sandbox.bundle,
    WGETRC: '/tmp/s/wgetrc',
  });
});

test("PATH has the tools first, then the system's folders, and none of the home folder", () => {
  const env = make({ HOME: '/home/ana', PATH: '/home/ana/.pyenv/shims:/opt/x/bin:.::/usr/bin:/home/anastasia/bin' });
  expect(env.PATH).toBe('/tools/bin:/opt/x/bin:/usr/bin:/home/anastasia/bin:/usr/local/bin:/bin:/usr/sbin:/sbin');
});

test("pip keeps the person's settings, the lab's come first, and none goes around the proxy", () => {
  const env = make(
    { PIP_INDEX_URL: 'https://index.example/simple', PIP_TIMEOUT: '5', PIP_PROXY: 'http://corp:3128', PIP_CERT: '/etc/corp.pem' },
    { PIP_TIMEOUT: '60', PIP_CONSTRAINT: '/c.txt', PIP_PROXY: 'http://corp:3128' },
  );
  expect(env).toMatchObject({
    PIP_INDEX_URL: 'https://index.example/simple',
    PIP_TIMEOUT: '60',
    PIP_CONSTRAINT: '/c.txt',
    PIP_CERT: sandbox.bundle,
  });
  expect(env).not.toHaveProperty('PIP_PROXY');
});

test('keys without a token remove the token that was there, and profiles', () => {
  expect(keysEnvironment({ accessKeyId: 'AKIA', secretAccessKey: 's' })).toEqual({
    AWS_ACCESS_KEY_ID: 'AKIA',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_SESSION_TOKEN: null,
    AWS_SECURITY_TOKEN: null,
    AWS_PROFILE: null,
    AWS_DEFAULT_PROFILE: null,
  });
});
