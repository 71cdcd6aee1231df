/**
 * The person's own pip settings: a company's package index, its certificate, a folder of wheels. They come from `PIP_…`
 * variables and from pip's configuration files (https://pip.pypa.io/en/stable/topics/configuration/); `pip config list`
 * would tell them, in half a second. An index's address may hold a password: nothing here is printed or put on a command line.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @typedef {Record<string, string | undefined>} Env */

/** @param {Env} env */
export const homeOf = (env) => env.HOME || homedir();

/**
 * pip's files, least important first. A file named by `PIP_CONFIG_FILE` stands in for the user's own; /dev/null for all.
 * @param {Env} env
 * @param {NodeJS.Platform} [platform]
 */
function configFiles(env, platform = process.platform) {
  if (env.PIP_CONFIG_FILE === '/dev/null') return [];
  const system = [
    ...(env.XDG_CONFIG_DIRS || '/etc/xdg').split(':').map((folder) => path.join(folder, 'pip', 'pip.conf')),
    ...(platform === 'darwin' ? ['/Library/Application Support/pip/pip.conf'] : []),
    '/etc/pip.conf',
  ];
  return [...system, ...(env.PIP_CONFIG_FILE ? [env.PIP_CONFIG_FILE] : userFiles(env, platform))];
}

/**
 * @param {Env} env
 * @param {NodeJS.Platform} platform
 */
function userFiles(env, platform) {
  const home = homeOf(env);
  const library = path.join(home, 'Library', 'Application Support', 'pip');
  const folder = platform === 'darwin' && exists(library) ? library : path.join(env.XDG_CONFIG_HOME || path.join(home, '.config'), 'pip');
  return [path.join(home, '.pip', 'pip.conf'), path.join(folder, 'pip.conf')];
}

/** @param {string} file */
function exists(file) {
  return readText(file) !== undefined;
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // A folder is there, too.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EISDIR' ? '' : undefined;
  }
}

/**
 * What pip would use for `pip install`, by its long option's name: `{ 'index-url': …, cert: … }`. Lists are parted by white space.
 * @param {Env} env
 * @returns {Record<string, string>}
 */
export function readPipConfig(env) {
  /** @type {Record<string, string>} */
  const settings = {};
  const sections = configFiles(env).map((file) => parseConfig(readText(file) ?? ''));
  for (const name of ['global', 'install']) for (const file of sections) Object.assign(settings, file[name]);
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith('PIP_') && value) settings[name.slice(4).toLowerCase().replaceAll('_', '-')] = value;
  }
  delete settings['config-file'];
  return settings;
}

/**
 * As Python's configparser reads it: `[section]`, `key = value` or `key: value`, further lines indented.
 * @param {string} text
 */
function parseConfig(text) {
  /** @type {Record<string, Record<string, string>>} */
  const sections = {};
  let section = '';
  let key = '';
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;].*)?$/.test(line)) continue;
    const header = /^\[([^\]]+)\]/.exec(line);
    const entry = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line);
    if (header?.[1]) section = header[1];
    else if (/^\s/.test(line) && key) setIn(sections, section, key, `${sections[section]?.[key] ?? ''} ${line.trim()}`.trim());
    else if (entry?.[1]) {
      key = entry[1].toLowerCase().replaceAll('_', '-');
      setIn(sections, section, key, entry[2]?.trim() ?? '');
    }
  }
  return sections;
}

/** @type {(sections: Record<string, Record<string, string>>, section: string, key: string, value: string) => void} */
function setIn(sections, section, key, value) {
  (sections[section] ??= {})[key] = value;
}

/**
 * uv takes its own variables only: pip's settings in its words. What the person set for uv stays.
 * @param {Env} env
 * @returns {Record<string, string>}
 */
export function uvSettings(env) {
  const pip = readPipConfig(env);
  const hosts = pip['trusted-host']?.split(/\s+/).join(' ');
  return dropEmpty({
    UV_DEFAULT_INDEX: env.UV_DEFAULT_INDEX ?? env.UV_INDEX_URL ?? pip['index-url'],
    UV_INDEX: env.UV_INDEX ?? pip['extra-index-url'],
    UV_FIND_LINKS: env.UV_FIND_LINKS ?? pip['find-links']?.split(/\s+/).join(','),
    UV_NO_INDEX: isOn(pip['no-index']) ? '1' : undefined,
    UV_INSECURE_HOST: env.UV_INSECURE_HOST ?? hosts,
    SSL_CERT_FILE: env.SSL_CERT_FILE ?? pip.cert,
    SSL_CLIENT_CERT: env.SSL_CLIENT_CERT ?? pip['client-cert'],
  });
}

/**
 * The environment of the lab's own pip: the person's settings, also when HOME is another folder, and on top of them
 * the wheels at hand and the versions that the labs were written for. `pip install chalice` stays the real command.
 * @param {Env} env
 * @param {{ wheels: string[], constraints: string }} toolchain pages of wheels, and a file
 * @returns {Record<string, string>}
 */
export function labPipSettings(env, { wheels, constraints }) {
  const pip = readPipConfig(env);
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('PIP_')));
  const userFile = env.PIP_CONFIG_FILE ?? userFiles(env, process.platform).findLast((file) => exists(file));
  return dropEmpty({
    ...own,
    PIP_CONFIG_FILE: userFile,
    PIP_CACHE_DIR: pip['cache-dir'] ?? defaultPipCache(env),
    // As URLs: pip parts these lists at white space, and a home folder may have some in its name.
    PIP_FIND_LINKS: [...wheels.map((page) => pathToFileURL(page).href), pip['find-links']].filter(Boolean).join(' '),
    PIP_CONSTRAINT: [pip.constraint, pathToFileURL(constraints).href].filter(Boolean).join(' '),
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
  });
}

/** @param {Env} env */
function defaultPipCache(env) {
  if (process.platform === 'darwin') return path.join(homeOf(env), 'Library', 'Caches', 'pip');
  return path.join(env.XDG_CACHE_HOME || path.join(homeOf(env), '.cache'), 'pip');
}

/** @param {string | undefined} value */
const isOn = (value) => value !== undefined && ['1', 'true', 'yes', 'on', 't', 'y'].includes(value.toLowerCase());

/**
 * @param {Record<string, string | undefined>} settings
 * @returns {Record<string, string>}
 */
function dropEmpty(settings) {
  return Object.fromEntries(Object.entries(settings).filter(/** @returns {entry is [string, string]} */ (entry) => Boolean(entry[1])));
}
