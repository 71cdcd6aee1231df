import { expect, test } from 'vitest';
import { localEnvironment } from '../../src/aws/local-environment.ts';

test('lets in what tools need, and nothing that says who somebody is at AWS or elsewhere', () => {
  const env = {
    PATH: '/home/ana/bin:/usr/bin',
    HOME: '/home/ana',
    LANG: 'C.UTF-8',
    LC_ALL: 'ko_KR.UTF-8',
    https_proxy: 'http://proxy:3128',
    NO_PROXY: 'localhost',
    SSL_CERT_FILE: '/etc/ca.pem',
    PIP_INDEX_URL: 'https://index.example/simple',
    AWS_PROFILE: 'prod',
    AWS_SECRET_ACCESS_KEY: 'bait',
    GITHUB_TOKEN: 'bait',
    BOTO_CONFIG: 'bait',
  };
  expect(localEnvironment(env, '/w/.labwalk/home')).toEqual({
    PATH: '/home/ana/bin:/usr/bin',
    HOME: '/w/.labwalk/home',
    LANG: 'C.UTF-8',
    LC_ALL: 'ko_KR.UTF-8',
    https_proxy: 'http://proxy:3128',
    NO_PROXY: 'localhost',
    SSL_CERT_FILE: '/etc/ca.pem',
    PIP_INDEX_URL: 'https://index.example/simple',
  });
});

test('has a PATH where the person has none', () => {
  expect(localEnvironment({}, '/h')).toEqual({ PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/h' });
});
