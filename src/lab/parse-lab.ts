/** Markdown in, a lab or its problems out. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { scriptsOf } from './facts/check-scripts.ts';
import { readEquivalentMutants } from './read/equivalent-mutants.ts';
import { expandIncludes } from './read/includes.ts';
import { readLockedPackages } from './read/locked-packages.ts';
import { type FrontMatter, readFrontMatter } from './read/front-matter.ts';
import { readOutline } from './read/outline.ts';
import { type ReportProblem, sortProblems } from './problems.ts';
import { readBlocks } from './read/read-blocks.ts';
import type { CheckSchema, DeclaredVariables, ReadingContext } from './read/reading-context.ts';
import { splitSections } from './read/sections.ts';
import { readSignatures } from './read/signatures.ts';
import { makeSource } from './read/source.ts';
import type { EquivalentMutant, Lab, Place, Problem, Signature } from './types.ts';

export type { CheckSchema } from './read/reading-context.ts';

export interface ParseOptions {
  /** Gives the text of a file by its absolute path; throws where it can't. */
  read: (path: string) => string;
  checks: ReadonlyMap<string, CheckSchema>;
}

/**
 * Reads a lab. It never throws for what an author can get wrong: all problems come together, in the order of their places,
 * and the lab only where there are none.
 * @param file absolute path of the Markdown file
 * @example parseLab('/labs/hello/lab.md', { read: (path) => fs.readFileSync(path, 'utf8'), checks: checksByName })
 */
export function parseLab(file: string, options: ParseOptions): { lab?: Lab; problems: Problem[] } {
  const problems: Problem[] = [];
  const report: ReportProblem = (place, what, more = {}) => problems.push({ ...place, what, ...withoutEmpty(more) });
  const hash = createHash('sha256');
  let text: string;
  try {
    text = options.read(file);
  } catch (error) {
    report({ file, line: 1, column: 1 }, `the lab can't be read: ${(error as Error).message}`);
    return { problems };
  }
  const source = makeSource(file, text);
  hash.update(source.text);
  const { bodyStart, facts } = readFrontMatter(source, report);
  const blocks = expandIncludes(readBlocks(source, bodyStart), {
    read: options.read,
    report,
    onFile: (_, included) => hash.update('\0').update(included),
  });
  const context: ReadingContext = { report, variables: variablesOf(facts, file), checks: options.checks, uses: [] };
  const signatures = readAllSignatures(facts?.signatures ?? [], context.variables);
  const equivalent = facts?.equivalent ? readEquivalent(facts.equivalent) : [];
  const locked = facts?.packages && readLockedPackages(facts.packages, { lab: file, read: options.read, report });
  if (locked) hash.update('\0').update(locked.hash);
  const outline = readOutline(splitSections(blocks), context);
  if (outline.steps.length === 0)
    report({ file, line: 1, column: 1 }, 'the lab has no steps', { fix: 'Begin each step with a ## or ### heading.' });
  const title = facts && pickTitle(facts, outline.title, file, report);
  if (!facts || title === undefined || problems.length > 0) return { problems: sortProblems(problems, file) };
  for (const script of scriptsOf(outline.steps)) hashScript(script);
  const { duration, summary, requires, variables, after, cost, ignore } = facts;
  const { intro, tasks, steps } = outline;
  const lab: Lab = {
    ...namesOf(file),
    title,
    summary,
    duration,
    requires,
    variables,
    ...(after === undefined ? {} : { after }),
    ...(cost === undefined ? {} : { cost }),
    ignore,
    signatures,
    equivalent,
    ...(locked ? { packages: locked.packages } : {}),
    hash: hash.digest('hex'),
    intro,
    tasks,
    steps,
  };
  return { lab, problems: [] };

  /** What is known of failures, in the order of the files; an id counts once. */
  function readAllSignatures(files: FrontMatter['signatures'], variables: DeclaredVariables): Signature[] {
    const all = files.flatMap(({ path: name, place }) => {
      try {
        const signatureFile = path.resolve(path.dirname(file), name);
        const signatureSource = makeSource(signatureFile, options.read(signatureFile));
        hash.update('\0').update(signatureSource.text);
        return readSignatures(signatureSource, variables, report);
      } catch (error) {
        report(place, `the signatures ${name} can't be read: ${(error as Error).message}`, {
          fix: "The path begins at the lab's folder: ../signatures/chalice.yaml.",
        });
        return [];
      }
    });
    const places = new Map<string, Place>();
    for (const { id, place } of all) {
      const first = places.get(id);
      if (!first) places.set(id, place);
      else report(place, `there is a signature ${id} already`, { why: `It is in ${first.file}:${first.line}.`, fix: 'Choose another id.' });
    }
    return all;
  }

  function readEquivalent({ path: name, place }: { path: string; place: Place }): EquivalentMutant[] {
    try {
      const equivalentFile = path.resolve(path.dirname(file), name);
      const equivalentSource = makeSource(equivalentFile, options.read(equivalentFile));
      hash.update('\0').update(equivalentSource.text);
      return readEquivalentMutants(equivalentSource, report);
    } catch (error) {
      report(place, `the equivalent mutants ${name} can't be read: ${(error as Error).message}`, {
        fix: "The path begins at the lab's folder: equivalent.yaml.",
      });
      return [];
    }
  }

  /** A custom check is code that runs: a lab whose scripts changed is another lab for the person who agreed to run it. */
  function hashScript(script: string): void {
    hash.update('\0').update(script);
    try {
      hash.update(options.read(path.join(path.dirname(file), script)));
    } catch {
      // lint tells about scripts that are not there
    }
  }
}

function namesOf(file: string): Pick<Lab, 'name' | 'file' | 'folder' | 'solutions'> {
  const folder = path.dirname(file);
  const base = path.basename(file);
  const name = base === 'lab.md' ? path.basename(folder) : base.replace(/\.[^.]*$/, '');
  const labs = path.dirname(folder);
  const shared = base === 'lab.md' && path.basename(labs) === 'labs';
  return { name, file, folder, solutions: shared ? path.join(path.dirname(labs), 'solutions', name) : path.join(folder, 'solutions') };
}

function pickTitle(facts: FrontMatter, heading: { text: string } | undefined, file: string, report: ReportProblem): string | undefined {
  if (facts.title !== undefined && heading && facts.title !== heading.text)
    report(facts.titlePlace, `the title "${facts.title}" is not that of the # heading, "${heading.text}"`, {
      fix: 'Make them equal, or leave one out.',
    });
  const title = facts.title ?? heading?.text;
  if (!title) report({ file, line: 1, column: 1 }, 'the lab has no title', { fix: 'Give it a # heading.' });
  return title;
}

/** Without front matter every variable would be unknown: that is told once, by the front matter. */
function variablesOf(facts: FrontMatter | undefined, file: string): DeclaredVariables {
  if (!facts) return { names: [], find: (name) => ({ name, kind: 'captured', place: { file, line: 1, column: 1 } }) };
  const byName = new Map(facts.variables.map((variable) => [variable.name, variable]));
  return { names: [...byName.keys()], find: (name) => byName.get(name) };
}

function withoutEmpty(more: { why?: string; fix?: string }): { why?: string; fix?: string } {
  return { ...(more.why ? { why: more.why } : {}), ...(more.fix ? { fix: more.fix } : {}) };
}
