/** The person's own proxy, behind which the package index may lie. */
type Env = Record<string, string | undefined>;

/** The proxy for this host by the usual variables (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY; small or capital), if any. */
export function findUpstreamProxy(env: Env, protocol: 'http' | 'https', host: string): URL | undefined {
  const read = (name: string) => env[name.toLowerCase()] || env[name.toUpperCase()];
  if (isExcepted(read('no_proxy') ?? '', host)) return undefined;
  const address = read(`${protocol}_proxy`) || (protocol === 'https' ? env.PIP_PROXY : undefined) || read('all_proxy');
  if (!address) return undefined;
  try {
    const url = new URL(address.includes('://') ? address : `http://${address}`);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}

function isExcepted(list: string, host: string): boolean {
  return list
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((each) => {
      const name = each.replace(/^\*?\./, '').replace(/:\d+$/, '');
      return each === '*' || host === name || host.endsWith(`.${name}`);
    });
}

/** The header that gives the proxy its user and password, where the address holds them. */
export function authorizeProxy(proxy: URL): Record<string, string> {
  if (!proxy.username) return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
