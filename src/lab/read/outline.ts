/** Headings as tasks and steps. */
import { nearest } from '../../text/nearest.ts';
import type { Block } from './block.ts';
import { didYouMean } from '../problems.ts';
import type { ReadingContext } from './reading-context.ts';
import { markdownOf, readSection, type Section, type SectionContent } from './sections.ts';
import { slug } from './slug.ts';
import { placeAt } from './source.ts';
import type { Place, Step, Task } from '../types.ts';

export interface Outline {
  /** The `#` heading. */
  title?: { text: string; place: Place };
  intro: string;
  tasks: Task[];
  steps: Step[];
}

export function readOutline(sections: readonly Section[], context: ReadingContext): Outline {
  const outline: Outline = { intro: '', tasks: [], steps: [] };
  const known = new Map<string, Place>();
  const after: { step: Step; id: string; place: Place }[] = [];
  const intro: Block[] = [];
  for (const [i, section] of sections.entries()) {
    const { heading } = section;
    const content = readSection(section, context);
    if (!heading || heading.level === 1) {
      if (heading) readTitle(outline, section, context);
      intro.push(...section.blocks);
      reportActsInIntro(content, context);
      continue;
    }
    const place = placeAt(heading.source, heading.start);
    const id = content.facts.id ?? slug(heading.title);
    claimId(id, heading.title, content.facts.idPlace ?? place, known, context);
    const alone = heading.level === 2 && (sections[i + 1]?.heading?.level ?? 1) < 3;
    const isStep = heading.level === 3 || content.acts || alone;
    if (heading.level === 2)
      outline.tasks.push({ id, title: heading.title, place, intro: isStep ? '' : markdownOf(section.blocks), steps: [] });
    const task = outline.tasks.at(-1);
    if (!task) {
      context.report(place, 'this step stands under no task', { fix: 'Put a ## heading above it, or make it a ## heading itself.' });
      continue;
    }
    if (!isStep) {
      for (const fact of content.facts.stepOnly)
        context.report(fact.place, `${fact.key} is a fact about a step, and this heading only groups steps`, {
          fix: 'Put it below a ### heading.',
        });
      continue;
    }
    const step = makeStep(id, heading.title, task.id, place, content);
    task.steps.push(id);
    outline.steps.push(step);
    for (const one of content.facts.after) after.push({ step, ...one });
  }
  outline.intro = markdownOf(intro);
  reportOrder(outline, after, context);
  reportCheckpoints(outline, context);
  return outline;
}

function readTitle(outline: Outline, { heading }: Section, { report }: ReadingContext): void {
  if (!heading) return;
  const place = placeAt(heading.source, heading.start);
  if (outline.title)
    report(place, 'a lab has one # heading', { why: `The first is on line ${outline.title.place.line}.`, fix: 'Make this one ##.' });
  else outline.title = { text: heading.title, place };
}

function reportActsInIntro({ facts, parts }: SectionContent, { report }: ReadingContext): void {
  const fix = 'Put it below a ## or ### heading.';
  for (const part of parts) {
    if (part.kind !== 'prose' && part.kind !== 'shown' && part.kind !== 'hint')
      report(part.place, 'this fence belongs to no step', { fix });
  }
  for (const { key, place } of facts.stepOnly) report(place, `${key} is a fact about a step`, { fix });
  if (facts.idPlace) report(facts.idPlace, "the lab's own heading has no id", { fix });
}

function claimId(id: string, title: string, place: Place, known: Map<string, Place>, { report }: ReadingContext): void {
  const first = known.get(id);
  if (id === '')
    report(place, `no id can be made from the heading "${title}"`, { fix: 'Give it one below the heading: <!-- labwalk: id=my-step -->.' });
  else if (first)
    report(place, `the id "${id}" is used twice`, {
      why: `The first is on line ${first.line}${first.file === place.file ? '' : ` of ${first.file}`}.`,
      fix: 'Give this heading its own: <!-- labwalk: id=… -->.',
    });
  else known.set(id, place);
}

function makeStep(id: string, title: string, task: string, place: Place, { facts, parts, acts }: SectionContent): Step {
  return {
    id,
    title,
    task,
    place,
    reading: !acts,
    parts,
    after: facts.after.map((one) => one.id),
    creates: facts.creates.map(({ kind, name }) => ({ kind, name })),
    ...(facts.stays === undefined ? {} : { stays: facts.stays }),
  };
}

function reportOrder({ steps }: Outline, after: { step: Step; id: string; place: Place }[], { report }: ReadingContext): void {
  if (after.length === 0) return;
  const order = new Map(steps.map((step, i) => [step.id, i]));
  for (const { step, id, place } of after) {
    const position = order.get(id);
    if (position === undefined) report(place, `there is no step "${id}"`, { fix: didYouMean(nearest(id, order.keys()), [], '') });
    else if (position >= (order.get(step.id) ?? 0))
      report(place, `the step "${id}" comes later than this one`, { fix: 'Name steps that stand above.' });
  }
}

function reportCheckpoints({ steps }: Outline, { uses, report }: ReadingContext): void {
  const ids = new Set(steps.map(({ id }) => id));
  for (const { id, place } of uses) {
    if (!ids.has(id))
      report(place, `there is no step "${id}" whose checkpoint could hold this file`, { fix: didYouMean(nearest(id, ids), [], '') });
  }
}
