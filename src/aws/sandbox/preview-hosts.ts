type Env = Readonly<Record<string, string | undefined>>;

/**
 * Names by which this machine's editor shows what listens on a port, as the editor tells them in its terminals; `.example.com` stands for all below it.
 * Those of the well-known cloud IDEs are in sandbox/hosts.py.
 *
 * - `VSCODE_PROXY_URI` of code-server and Coder: `https://ide.example.com/proxy/{{port}}/` or `https://{{port}}.ide.example.com/`
 * - `GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN`: another one than `app.github.dev` at companies
 * - `WEB_HOST` of Google Cloud Workstations with a domain of their own: `NAME.CLUSTER.example.com`, before which the port comes
 */
export function previewHosts(env: Env): string[] {
  const { VSCODE_PROXY_URI: proxy, GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: codespaces, WEB_HOST: workstation } = env;
  return [hostOfTemplate(proxy), below(codespaces), below(workstation?.replace(/^[^.]*/, ''))].filter((host) => host !== undefined);
}

/** A placeholder in the host stands for one label or a part of it. */
function hostOfTemplate(template: string | undefined): string | undefined {
  const host = /^https?:\/\/([^/]+)/.exec(template ?? '')?.[1]?.replace(/:\d+$/, '');
  if (host === undefined) return undefined;
  return host.includes('{{') ? below(host.slice(host.lastIndexOf('}}')).replace(/^[^.]*/, '')) : host;
}

/** A domain of at least two labels: a top-level domain alone would let in everybody. */
function below(domain: string | undefined): string | undefined {
  const name = domain?.replace(/^\.+/, '') ?? '';
  return /^[\w-]+(\.[\w-]+)+$/.test(name) ? `.${name}` : undefined;
}
