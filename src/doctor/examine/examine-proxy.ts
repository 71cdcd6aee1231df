/** The variables that send programs through a proxy: set, half set, or set so that this machine's own addresses go there, too. */
import type { Finding } from '../finding.ts';

type Env = Readonly<Record<string, string>>;

const kinds = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'] as const;
const own = ['localhost', '127.0.0.1'];

export function judgeProxy(env: Env): Finding {
  const about = { id: 'proxy', name: 'Proxy' };
  const read = (name: string) => env[name] || env[name.toUpperCase()] || undefined;
  const [http, https, all, none] = kinds.map(read);
  const first = https ?? http ?? all;
  if (first === undefined) return { ...about, status: 'ok', found: 'none is set' };
  const found = withoutLogin(first);
  const warn = (why: string, fix: string): Finding => ({ ...about, status: 'warning', found, why, fix });
  const bad = [http, https, all].find((address) => address !== undefined && !isAddress(address));
  if (bad !== undefined) {
    return { ...about, status: 'warning', found: withoutLogin(bad), why: 'That is not the address of a proxy.', fix: example };
  }
  const unlike = kinds.find((name) => env[name] && env[name.toUpperCase()] && env[name] !== env[name.toUpperCase()]);
  if (unlike !== undefined) {
    const upper = unlike.toUpperCase();
    return warn(
      `${unlike} and ${upper} differ, and programs differ in which they read.`,
      `Make them the same:\n  export ${upper}="$${unlike}"`,
    );
  }
  if (all === undefined && (http === undefined) !== (https === undefined)) {
    const [set, unset] = http === undefined ? ['https_proxy', 'http_proxy'] : ['http_proxy', 'https_proxy'];
    const variable = env[set] ? set : set.toUpperCase();
    const why = `${variable} is set and ${unset} is not, so only one kind of address goes through it.`;
    return warn(why, `Set both:\n  export ${unset}="$${variable}" ${unset.toUpperCase()}="$${variable}"`);
  }
  if (!own.every((host) => isExcepted(none ?? '', host))) {
    const list = [...(none ? [none] : []), ...own, '::1'].join(',');
    const why = "NO_PROXY does not name this machine, so programs ask the proxy for a lab's own pages.";
    return warn(why, `Except it:\n  export NO_PROXY="${list}" no_proxy="${list}"`);
  }
  const small = kinds.find((name) => env[name.toUpperCase()] && !env[name]);
  if (small === 'http_proxy') {
    return warn('curl reads http_proxy in small letters only, and only HTTP_PROXY is set.', 'Set both:\n  export http_proxy="$HTTP_PROXY"');
  }
  return { ...about, status: 'ok', found };
}

const example = 'Write it as http://HOST:PORT, or unset the variable.';

const parse = (address: string): URL | undefined => {
  const whole = address.includes('://') ? address : `http://${address}`;
  return URL.canParse(whole) ? new URL(whole) : undefined;
};

const isAddress = (address: string) => /^(https?|socks\w*):$/.test(parse(address)?.protocol ?? '');

/** A proxy's address may hold a password, also where it cannot be read. */
function withoutLogin(address: string): string {
  const url = parse(address);
  return url ? `${url.protocol}//${url.host}` : address.replace(/^.*@/, '');
}

const isExcepted = (list: string, host: string) => list.split(/[\s,]+/).some((each) => each === '*' || each === host);
