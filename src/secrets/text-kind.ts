import path from 'node:path';
import type { TextKind } from './rules.ts';

const code = new Set(
  'py pyi js mjs cjs jsx ts mts cts tsx java kt kts scala go rs rb php c h cc cpp hpp cs swift dart lua pl r ex exs clj vue svelte html htm css scss sql tf hcl'.split(
    ' ',
  ),
);
const data = new Set(
  'yaml yml json jsonc json5 ndjson toml ini cfg conf config properties env tfvars editorconfig netrc pgpass npmrc pypirc csv xml'.split(
    ' ',
  ),
);
const shell = new Set('sh bash zsh fish ksh bat ps1'.split(' '));
/** Names that say it without an ending: `~/.aws/credentials`, `.env.local`, `Dockerfile`. */
const names: readonly [RegExp, TextKind][] = [
  [/^(?:credentials|config|\.?env(?:\..*|rc)?|\.(?:netrc|pgpass|npmrc|pypirc|my\.cnf|gitconfig|htpasswd|s3cfg|boto))$/, 'data'],
  [/^(?:Dockerfile(?:\..*)?|Makefile|\.?(?:bash|zsh)(?:rc|_profile|_history|env)|\.profile)$/, 'shell'],
];

/**
 * What a file's text is, by its name.
 *
 * @example textKind('app/settings.yaml') // 'data'
 */
export function textKind(file: string): TextKind {
  const name = path.basename(file);
  const byName = names.find(([pattern]) => pattern.test(name))?.[1];
  if (byName) return byName;
  const ending = path.extname(name).slice(1).toLowerCase();
  return code.has(ending) ? 'code' : data.has(ending) ? 'data' : shell.has(ending) ? 'shell' : 'any';
}
