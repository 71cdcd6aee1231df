/** The list in a `yaml check` fence. */
import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import { nearest } from '../../text/nearest.ts';
import type { FenceBlock } from './block.ts';
import { readTimeout, readWhen, type Read } from './fence-options.ts';
import { fenceYaml } from './fence-yaml.ts';
import { didYouMean } from '../problems.ts';
import type { ReadingContext } from './reading-context.ts';
import { describe, parseWithSchema } from './yaml/schema-problems.ts';
import { placeAt } from './source.ts';
import type { CheckUse } from '../types.ts';
import type { YamlText } from './yaml/yaml-text.ts';

/** Keys that stand beside the check's own in every entry. */
export const commonKeys = {
  title: 'A sentence to show instead of what the check says about itself.',
  try: 'What a learner should try when it fails. Where the check has found the cause, it says that instead.',
  within: 'For how long a failing check is tried again: `10s`. What a service answers that was started for the check counts at once.',
  when: '`sandbox` or `aws`: only there. The name of a scenario, `refused` or `known`: as with fences.',
} as const;
type CommonKey = keyof typeof commonKeys;

const isCommon = (key: string): key is CommonKey => Object.hasOwn(commonKeys, key);

export function readCheckList(block: FenceBlock, context: ReadingContext): CheckUse[] {
  const yaml = fenceYaml(block, context);
  if (!yaml || block.content.trim() === '') return [];
  if (!isSeq(yaml.root)) {
    const place = yaml.root ? yaml.placeOf(yaml.root) : placeAt(block.source, block.start);
    context.report(place, 'a check fence is a list', { fix: 'Begin each check with a hyphen: - status: 0.' });
    return [];
  }
  return yaml.root.items.map((item) => readEntry(item, yaml, context)).filter((entry) => entry !== undefined);
}

function readEntry(entry: unknown, yaml: YamlText, context: ReadingContext): CheckUse | undefined {
  const { report, checks } = context;
  if (!isMap(entry)) {
    report(yaml.placeOf(entry), 'a check is a name with what it needs', { fix: shapeOf(entry, checks) });
    return undefined;
  }
  const own = entry.items.filter((pair) => !isCommon(keyOf(pair)));
  const known = own.filter((pair) => checks.has(keyOf(pair)));
  for (const pair of own) {
    if (known.length > 0 && pair === known[0]) continue;
    const name = keyOf(pair);
    const place = yaml.placeOf(pair.key);
    if (checks.has(name))
      report(place, `an entry has one check, and this one has "${keyOf(known[0] as Pair)}" already`, {
        fix: 'Give it an entry of its own.',
      });
    else report(place, ...unknownName(name, known[0] && keyOf(known[0]), checks));
  }
  if (own.length === 0)
    report(yaml.placeOf(entry), 'this entry names no check', { fix: didYouMean(undefined, [...checks.keys()], 'There are') });
  const pair = known[0];
  return pair && readUse(pair, entry, yaml, context);
}

function unknownName(name: string, check: string | undefined, checks: ReadingContext['checks']): [string, { fix: string }] {
  const common = Object.keys(commonKeys);
  if (check === undefined)
    return [
      `there is no check "${name}"`,
      { fix: didYouMean(nearest(name, [...checks.keys(), ...common]), [...checks.keys()], 'There are') },
    ];
  const near = nearest(name, common);
  return [
    `unknown key "${name}" beside the ${check} check`,
    {
      fix: near
        ? didYouMean(near, [], '')
        : `Beside a check there can be ${common.join(', ')}; what belongs to the check stands below its name, further in.`,
    },
  ];
}

function readUse(pair: Pair, entry: YAMLMap, yaml: YamlText, { report, checks }: ReadingContext): CheckUse | undefined {
  const name = keyOf(pair);
  const check = checks.get(name);
  if (!check) return undefined;
  const value = yaml.valueOf(pair.value);
  const checked = { schema: check.schema, value, node: pair.value, keyNode: pair.key, yaml, subject: `the ${name} check` };
  const input = parseWithSchema(checked, report);
  const use: CheckUse = { check: name, place: yaml.placeOf(pair.key), input };
  if (input !== undefined && check.summary) use.summary = check.summary(input);
  for (const { key, value: node } of entry.items.filter((other) => isCommon(keyOf(other)))) {
    const common = keyOf({ key }) as CommonKey;
    const text = yaml.valueOf(node);
    if (typeof text !== 'string' || text === '') {
      report(yaml.placeOf(node ?? key), `"${common}" beside the ${name} check must be a text, not ${describe(text)}`);
      continue;
    }
    const take = <T>(result: Read<T>): T | undefined => {
      if ('value' in result) return result.value;
      report(yaml.placeOf(node), result.mistake, result.fix ? { fix: result.fix } : {});
      return undefined;
    };
    if (common === 'title' || common === 'try') use[common] = text;
    else if (common === 'within') Object.assign(use, { within: take(readTimeout(text)) });
    else Object.assign(use, { when: take(readWhen(text)) });
  }
  return use;
}

const keyOf = ({ key }: { key: unknown }): string => String(isScalar(key) ? key.value : key);

function shapeOf(entry: unknown, checks: ReadingContext['checks']): string {
  const name = isScalar(entry) ? String(entry.value) : '';
  return checks.has(name) ? `Write it like - ${name}: ….` : 'Write it like - status: 0.';
}
