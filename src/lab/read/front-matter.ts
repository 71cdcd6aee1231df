/** The facts about a whole lab, in YAML between two lines of `---` at the top of its file. */
import semver from 'semver';
import { isMap } from 'yaml';
import * as z from 'zod';
import { parseDuration } from '../../text/duration.ts';
import { variableName } from '../facts/expand.ts';
import type { ReportProblem } from '../problems.ts';
import { parseWithSchema } from './yaml/schema-problems.ts';
import { lineText, offsetOfLine, placeAt, type Source } from './source.ts';
import type { Place, Requirement, Variable } from '../types.ts';
import { nodeAt, parseYaml, type YamlText } from './yaml/yaml-text.ts';

export interface FrontMatter {
  title?: string;
  summary: string;
  /** Minutes. */
  duration: number;
  requires: Requirement[];
  variables: Variable[];
  after?: string;
  cost?: string;
  /** What of a workspace is nobody's work. */
  ignore: string[];
  /** Files of signatures, as paths from the lab's folder. */
  signatures: { path: string; place: Place }[];
  /** File of equivalent mutants, as a path from the lab's folder. */
  equivalent?: { path: string; place: Place };
  /** Folder of locked packages, as a path from the lab's folder. */
  packages?: { folder: string; megabytes: number; place: Place };
  /** Place of `title`, or of the front matter. */
  titlePlace: Place;
}

const shapes = ['name', 'word', 'number', 'id'] as const;

const version = z
  .string()
  .refine((range) => semver.validRange(range) !== null, { error: 'This is not a range of versions. Write it like ">=3.10" or "^2".' })
  .describe('versions that will do, as a semver range');
const tool = z.string().regex(/^[\w.+-]+$/, { error: 'This is not the name of a command on PATH.' });

const variable = z.union(
  [
    z.string().describe('a value, or `captured` for one that a `capture=` fills'),
    z.number(),
    z.boolean(),
    z
      .strictObject({
        'free-port': z.int().min(1).max(65535).optional().describe('the first free port at or after this one'),
        random: z.enum(shapes).optional().describe('made up for each workspace'),
      })
      .refine((made) => Object.keys(made).length === 1, { error: 'A made variable has one key: free-port or random.' }),
  ],
  { error: 'A variable is a value, captured, {free-port: 8080} or {random: name}.' },
);

/** What may stand in the front matter. */
export const frontMatterSchema = z.strictObject({
  title: z.string().min(1).optional().describe('The name that people see; the `#` heading where it is not given.'),
  summary: z.string().min(1).describe('What a learner will have done at the end, in a sentence.'),
  duration: z
    .union(
      [
        z.number().positive(),
        z.string().refine((text) => parseDuration(text) !== undefined, { error: 'Write a duration like 90m, 2h or 1h30m.' }),
      ],
      {
        error: 'Write a duration like 90m, 2h or 1h30m.',
      },
    )
    .describe('How long a learner needs: `90m`, `2h`, or minutes as a number.'),
  requires: z
    .union([z.array(z.union([tool, z.strictObject({ tool, version: version.optional() })])), z.record(tool, version.nullable())], {
      error: 'Write a list of tools: - git, or - {tool: python3, version: ">=3.10"}.',
    })
    .optional()
    .describe('Commands that must be on PATH, with the versions that will do.'),
  variables: z.record(z.string(), variable).optional().describe('Values that differ between learners; see below.'),
  after: z.string().min(1).optional().describe('The name of the lab that should be done before this one.'),
  cost: z
    .string()
    .min(1)
    .optional()
    .describe("What the lab costs in an account of one's own, in a sentence; shown before anything is made there."),
  ignore: z
    .array(
      z.string().regex(/^(?!.*(?:^|\/)\.\.?(?:\/|$))[^/[\]\\\0]+(?:\/[^/[\]\\\0]+)*$/, {
        error: 'Write a name like dist, or the end of a path like build/cache; * stands for anything in a name.',
      }),
    )
    .optional()
    .describe(
      'Files and folders of the workspace that tools make and nobody writes, beside the usual environments and caches: not compared, not copied, and left alone when a learner goes back.',
    ),
  packages: z
    .strictObject({
      folder: z.string().min(1).describe("The folder with the locked files, as a path from the lab's folder."),
      megabytes: z.number().positive().describe('How much is fetched, about; told before.'),
    })
    .optional()
    .describe('Python and Node packages for this lab alone, fetched when it is first started; see below.'),
  equivalent: z
    .string()
    .min(1)
    .optional()
    .describe("File with the changes to the solutions that no check needs to notice, as a path from the lab's folder; see below."),
  signatures: z
    .array(z.string().min(1), { error: 'Write a list of files: [../signatures/chalice.yaml].' })
    .optional()
    .describe("Files with what is known of failures of the lab's commands, as paths from the lab's folder; see below."),
});

/** Reads the front matter. Gives the offset behind it, and its facts where it has no mistake. */
export function readFrontMatter(source: Source, report: ReportProblem): { bodyStart: number; facts?: FrontMatter } {
  const region = findFrontMatter(source);
  if (!region) {
    report(placeAt(source, 0), 'the lab does not begin with front matter', {
      fix: 'Begin it with ---, title, summary and duration, and --- again.',
    });
    return { bodyStart: 0 };
  }
  if (!region.closed) {
    report(placeAt(source, 0), 'the front matter is never closed', { fix: 'Put --- on a line of its own below it.' });
    return { bodyStart: source.text.length };
  }
  const yaml = parseYaml(source.text.slice(region.start, region.end), (offset) => placeAt(source, region.start + offset), report);
  const facts = yaml && readFacts(yaml, placeAt(source, 0), report);
  return { bodyStart: region.bodyStart, ...(facts ? { facts } : {}) };
}

/** Offset behind the front matter of a file, whatever stands in it. */
export function skipFrontMatter(source: Source): number {
  const region = findFrontMatter(source);
  return region?.closed ? region.bodyStart : 0;
}

function findFrontMatter(source: Source): { start: number; end: number; bodyStart: number; closed: boolean } | undefined {
  if (lineText(source, 0).trimEnd() !== '---') return undefined;
  const start = offsetOfLine(source, 1);
  for (let line = 1; line < source.lines.length; line++)
    if (lineText(source, line).trimEnd() === '---')
      return { start, end: offsetOfLine(source, line), bodyStart: offsetOfLine(source, line + 1), closed: true };
  return { start, end: source.text.length, bodyStart: source.text.length, closed: false };
}

function readFacts(yaml: YamlText, top: Place, report: ReportProblem): FrontMatter | undefined {
  const subject = 'the front matter';
  if (!isMap(yaml.root)) {
    report(top, 'the front matter is no mapping (key: value)', { fix: 'It needs title, summary and duration.' });
    return undefined;
  }
  const given = parseWithSchema(
    { schema: frontMatterSchema, value: yaml.valueOf(yaml.root), node: yaml.root, keyNode: undefined, yaml, subject },
    report,
  );
  if (!given) return undefined;
  const { title, summary, duration, requires, variables, after, cost, ignore, signatures = [], equivalent, packages } = given;
  return {
    ...(title === undefined ? {} : { title }),
    summary,
    duration: typeof duration === 'number' ? duration : (parseDuration(duration) ?? 0) / 60_000,
    requires: readRequires(requires ?? []),
    variables: Object.entries(variables ?? {}).map(([name, value]) => readVariable(name, value, yaml, report)),
    ...(after === undefined ? {} : { after }),
    ...(cost === undefined ? {} : { cost }),
    ignore: ignore ?? [],
    signatures: signatures.map((path, i) => ({ path, place: yaml.placeOf(nodeAt(yaml.root, ['signatures', i], 'value')) })),
    ...(equivalent === undefined
      ? {}
      : { equivalent: { path: equivalent, place: yaml.placeOf(nodeAt(yaml.root, ['equivalent'], 'value')) } }),
    ...(packages === undefined
      ? {}
      : { packages: { ...packages, place: yaml.placeOf(nodeAt(yaml.root, ['packages', 'folder'], 'value')) } }),
    titlePlace: title === undefined ? top : yaml.placeOf(nodeAt(yaml.root, ['title'], 'key')),
  };
}

function readRequires(requires: NonNullable<z.infer<typeof frontMatterSchema>['requires']>): Requirement[] {
  const list = Array.isArray(requires)
    ? requires
    : Object.entries(requires).map(([name, range]) => ({ tool: name, version: range ?? undefined }));
  return list.map((one) =>
    typeof one === 'string' ? { tool: one } : { tool: one.tool, ...(one.version === undefined ? {} : { version: one.version }) },
  );
}

function readVariable(name: string, value: z.infer<typeof variable>, yaml: YamlText, report: ReportProblem): Variable {
  const place = yaml.placeOf(nodeAt(yaml.root, ['variables', name], 'key'));
  if (!variableName.test(name))
    report(place, `"${name}" is not a name for a variable`, { fix: 'Use capital letters, digits and _, like API_URL.' });
  else if (reserved.test(name))
    report(place, `a lab can't declare ${name}`, { why: 'Shells, AWS tools or the program itself use it.', fix: 'Choose another name.' });
  if (value === 'captured') return { name, place, kind: 'captured' };
  if (typeof value !== 'object')
    return { name, place, kind: 'value', value: yaml.writtenAs(nodeAt(yaml.root, ['variables', name], 'value')) ?? String(value) };
  if (value['free-port'] !== undefined) return { name, place, kind: 'free-port', port: value['free-port'] };
  return { name, place, kind: 'random', shape: value.random ?? 'name' };
}

/** Variables that would break the terminal, or that hold keys. */
const reserved =
  /^(?:PATH|HOME|PWD|OLDPWD|SHELL|USER|LOGNAME|TERM|IFS|ENV|UID|EUID|PPID|SHLVL|RANDOM|SECONDS|LINENO|PS[0-4]|BASH.*|PROMPT_COMMAND|LD_.*|DYLD_.*|LABWALK.*|AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|PROFILE|DEFAULT_PROFILE|CREDENTIAL.*))$/;
