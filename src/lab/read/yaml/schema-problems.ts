/** What a schema says about a value, as problems at the places of the keys and values that it is about. */
import * as z from 'zod';
import { nearest } from '../../../text/nearest.ts';
import { didYouMean, type ReportProblem } from '../../problems.ts';
import { nodeAt, type YamlText } from './yaml-text.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

export interface Checked {
  schema: z.ZodType;
  value: unknown;
  /** The value's node. */
  node: unknown;
  /** The node to show for what is missing at the top: the key that the value stands behind. */
  keyNode: unknown;
  yaml: YamlText;
  /** `the http check`, `the front matter` */
  subject: string;
}

/** Parses the value with the schema; reports each issue. Gives nothing where there are any. */
export function parseWithSchema<T>(checked: Checked & { schema: z.ZodType<T> }, report: ReportProblem): T | undefined {
  const result = checked.schema.safeParse(checked.value);
  if (result.success) return result.data;
  reportIssues(result.error.issues, checked, report);
  return undefined;
}

/** Reports issues of a schema. */
export function reportIssues(issues: readonly Issue[], checked: Checked, report: ReportProblem): void {
  const { node, keyNode, yaml, subject } = checked;
  const flat = issues.map((issue) => flatten(issue, checked.value)).flat();
  const explained = new Set<string>();
  const unknownAt = new Set<string>();
  for (const issue of flat) {
    if (issue.code !== 'unrecognized_keys') continue;
    unknownAt.add(issue.path.join('\0'));
    const known = knownKeys(checked.schema, issue.path);
    for (const key of issue.keys) {
      const near = nearest(key, known);
      if (near !== undefined) explained.add([...issue.path, near].join('\0'));
      const place = yaml.placeOf(nodeAt(node, [...issue.path, key], 'key'));
      report(place, `unknown key "${key}" in ${within(issue.path, subject)}`, { fix: didYouMean(near, known, 'It knows') });
    }
  }
  for (const issue of flat) {
    if (issue.code === 'unrecognized_keys') continue;
    const missing = isMissing(checked.value, issue.path);
    if (issue.code === 'custom' && unknownAt.has(issue.path.join('\0'))) continue; // follows from the unknown key
    if (missing && explained.has(issue.path.join('\0'))) continue; // its mistyped key has been told
    const at = missing ? parentNode(node, keyNode, issue.path) : nodeAt(node, issue.path, 'value');
    report(yaml.placeOf(issue.path.length === 0 && missing ? keyNode : (at ?? keyNode)), ...say(issue, missing, checked));
  }
}

function say(issue: Issue, missing: boolean, { value, subject }: Checked): [string, { fix?: string }?] {
  const path = writtenPath(issue.path, value);
  const name = path.length > 0 ? `"${pathText(path)}"` : '';
  const thing = name ? `${name} in ${subject}` : subject;
  if (missing && path.length > 0) return [`${subject} lacks the key ${name}`];
  switch (issue.code) {
    case 'invalid_type':
      return [`${thing} must be ${kinds[issue.expected] ?? `a ${issue.expected}`}, not ${describe(valueAt(value, path))}`];
    case 'invalid_value': {
      const known = issue.values.map(String);
      const given = valueAt(value, path);
      const near = typeof given === 'string' ? nearest(given, known) : undefined;
      return [`${thing} can't be ${describe(given)}`, { fix: didYouMean(near, known, 'It can be') }];
    }
    case 'invalid_union':
      return [
        issue.message === 'Invalid input'
          ? `${thing} can't be ${describe(valueAt(value, path))}`
          : `${thing}: ${lowerFirst(issue.message)}`,
      ];
    default:
      return [`${thing}: ${lowerFirst(issue.message)}`];
  }
}

/** Of a union, the issues of the alternative that the author seems to have meant: the one that fits at its top. */
function flatten(issue: Issue, value: unknown): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors
    .filter(
      (issues) =>
        issues.length > 0 &&
        !issues.some((inner) => inner.path.length === 0 && inner.code !== 'unrecognized_keys' && inner.code !== 'custom'),
    )
    .sort((a, b) => a.length - b.length)[0];
  if (!meant) return [issue];
  return meant.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] } as Issue, value));
}

/** Names that a schema knows at a path, by its JSON Schema. Only asked for when something is wrong. */
export function knownKeys(schema: z.ZodType, path: Path): string[] {
  // a schema that prepares its input says nothing about it: what comes out has nearly the same keys
  for (const io of ['input', 'output'] as const) {
    try {
      let level: JsonSchema[] = [z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as JsonSchema];
      for (const segment of path) level = level.flatMap(alternatives).flatMap((part) => below(part, segment));
      const keys = level.flatMap(alternatives).flatMap((part) => Object.keys(part.properties ?? {}));
      if (keys.length > 0) return [...new Set(keys)];
    } catch {
      // not every schema has a JSON Schema
    }
  }
  return [];
}

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

const alternatives = (part: JsonSchema): JsonSchema[] => [
  part,
  ...[part.anyOf, part.oneOf, part.allOf].flatMap((list) => list ?? []).flatMap(alternatives),
];

function below(part: JsonSchema, segment: PropertyKey): JsonSchema[] {
  const next = typeof segment === 'number' ? part.items : (part.properties?.[String(segment)] ?? part.additionalProperties);
  return typeof next === 'object' ? [next] : [];
}

function parentNode(node: unknown, keyNode: unknown, path: Path): unknown {
  const parent = path.slice(0, -1);
  return parent.length === 0 ? keyNode : nodeAt(node, parent, 'key');
}

/** The part of a path that the author has written: no further in than the first value that is no mapping and no list. */
function writtenPath(path: Path, value: unknown): Path {
  const depth = path.findIndex((_, i) => i > 0 && isScalarValue(valueAt(value, path.slice(0, i))));
  if (path.length > 0 && isScalarValue(value)) return [];
  return depth === -1 ? path : path.slice(0, depth);
}

const isScalarValue = (value: unknown) => value !== undefined && (value === null || typeof value !== 'object');

/** A short form (`script: PATH`) may be refused for a key of the long one, which the author has not written. */
function isMissing(value: unknown, path: Path): boolean {
  const parent = path.length === 0 ? value : valueAt(value, path.slice(0, -1));
  const isMapping = typeof parent === 'object' && parent !== null;
  return (isMapping || path.length === 0) && valueAt(value, path) === undefined;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, segment) => (typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[segment] : undefined),
    value,
  );
}

const within = (path: Path, subject: string) => (path.length === 0 ? subject : `"${pathText(path)}" of ${subject}`);

const pathText = (path: Path) =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`)).join('');

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping (key: value)',
  record: 'a mapping (key: value)',
};

/** A value in few words. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping (key: value)';
  return JSON.stringify(value);
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
