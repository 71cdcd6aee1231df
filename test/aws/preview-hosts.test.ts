import { expect, test } from 'vitest';
import { previewHosts } from '../../src/aws/sandbox/sandbox.ts';

test.each([
  [{}, []],
  [{ VSCODE_PROXY_URI: 'https://ide.example.com/proxy/{{port}}/' }, ['ide.example.com']],
  [{ VSCODE_PROXY_URI: 'https://ide.example.com:8443/proxy/{{port}}/' }, ['ide.example.com']],
  [{ VSCODE_PROXY_URI: 'https://{{port}}--main--work--ana.coder.example.com' }, ['.coder.example.com']],
  [{ VSCODE_PROXY_URI: './proxy/{{port}}' }, []],
  [{ VSCODE_PROXY_URI: 'https://{{port}}.com/' }, []],
  [{ VSCODE_PROXY_URI: 'https://{{host}}/proxy/{{port}}' }, []],
  [{ GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: 'app.company.ghe.com' }, ['.app.company.ghe.com']],
  [{ WEB_HOST: 'desk.cluster-1.work.example.com' }, ['.cluster-1.work.example.com']],
  [{ WEB_HOST: 'localhost' }, []],
])('%j', (env, hosts) => {
  expect(previewHosts(env)).toEqual(hosts);
});
