/** A report as JUnit's XML: a suite for each lab, a case for each check, and for each thing that was tried beside the checks. */
import { failureOf, junitXml, onOneLine, type Case, type Suite } from '../../report/junit/junit-xml.ts';
import { showHidden } from '../../text/hidden.ts';
import { plainText } from '../../text/plain-text.ts';
import { changeOf, labName, placeText } from './names.ts';
import type {
  Again,
  Drift,
  ReportFinding,
  Mutation,
  VerifiedCheck,
  VerifiedCommand,
  VerifiedLab,
  VerifiedStep,
  VerifyReport,
} from './schema.ts';
import { isUnproven } from './troubles.ts';

export function toVerifyJunit(report: VerifyReport): string {
  const { started, ms, outcome, message, labwalk } = report;
  const whole: Suite = {
    ...{ name: 'verify', ms, started, properties: { labwalk, outcome } },
    cases: [{ classname: 'verify', name: 'all parts are there', ms: 0, verdict: 'error', message: onOneLine(message ?? '') }],
  };
  return junitXml([...(message === undefined ? [] : [whole]), ...report.labs.map((lab) => toSuite(lab, report))]);
}

function toSuite(lab: VerifiedLab, { labwalk }: VerifyReport): Suite {
  const { title, mode, seed, hash, outcome, machine, tools, ms, started } = lab;
  const versions = Object.fromEntries(Object.entries(tools).map(([tool, version]) => [`tool.${tool}`, version]));
  return {
    ...{ name: labName(lab), ms, started },
    properties: { title, mode, seed, hash, labwalk, outcome, ...(machine === undefined ? {} : { machine }), ...versions },
    cases: [
      ...lab.steps.flatMap((step) => stepCases(lab, step)),
      ...lab.mutants.map((mutant) => mutantCase(lab, mutant)),
      ...lab.findings.map((finding) => findingCase(lab, finding)),
      cleanupCase(lab),
      ...labCases(lab),
    ],
  };
}

/** What readers filter by. */
const facts = ({ lab, machine }: VerifiedLab, step: string | undefined, kind: string, more: Record<string, string> = {}) => ({
  lab,
  ...(machine === undefined ? {} : { machine }),
  ...(step === undefined ? {} : { step }),
  kind,
  ...more,
});

function stepCases(lab: VerifiedLab, step: VerifiedStep): Case[] {
  const output = outputOf(step.commands);
  const checks = step.checks.map((check) => checkCase(lab, step, check, output));
  const findings = step.findings.map((finding) => findingCase(lab, finding, step, output));
  const isSaid = findings.length > 0 || checks.some(({ verdict }) => verdict === 'failure');
  const ending = endingCase(lab, step, isSaid);
  return [
    ...(ending ? [ending] : []),
    ...checks,
    ...findings,
    ...(step.again ? [againCase(lab, step, step.again)] : []),
    ...step.drift.map((drift) => driftCase(lab, step, drift)),
  ];
}

const classOf = (lab: VerifiedLab, part: string) => `${labName(lab)}.${part}`;

function checkCase(lab: VerifiedLab, step: VerifiedStep, check: VerifiedCheck, output: string): Case {
  const { kind, summary, ms, outcome, proof } = check;
  const common = {
    ...{ classname: classOf(lab, step.id), name: onOneLine(summary), ms },
    properties: facts(lab, step.id, kind, proof ? { proof: proof.by } : {}),
  };
  if (outcome === 'told') return { ...common, verdict: 'skipped', message: 'not for here' };
  if (outcome === 'not-done') return { ...common, verdict: 'skipped', message: 'not done' };
  const at = placeText(lab, check.place);
  if (outcome === 'failed') return { ...common, ...failureOf(check, at), output };
  if (isUnproven(check)) {
    const message = 'It passed, but nothing has made it fail.';
    return { ...common, verdict: 'failure', type: 'unproven', message, details: `${message}\nat: ${at}` };
  }
  return { ...common, verdict: 'passed' };
}

/** A step that was not done, or that failed without a check or a finding that says why. */
function endingCase(lab: VerifiedLab, { id, title, ms, outcome, message, commands }: VerifiedStep, isSaid: boolean): Case | undefined {
  const common = { classname: classOf(lab, id), name: `step: ${onOneLine(title)}`, ms, properties: facts(lab, id, 'step') };
  const why = message === undefined ? undefined : showHidden(message);
  if (outcome === 'skipped') return { ...common, verdict: 'skipped', message: why ?? 'skipped' };
  if (outcome === 'not-done') return { ...common, verdict: 'skipped', message: why ?? 'not done' };
  if (outcome !== 'failed' || isSaid) return undefined;
  return { ...common, verdict: 'failure', message: why ?? 'The step failed.', output: outputOf(commands) };
}

function againCase(lab: VerifiedLab, { id, title }: VerifiedStep, { outcome, ms, message, failed, commands }: Again): Case {
  const common = { classname: classOf(lab, id), name: `again: ${onOneLine(title)}`, ms, properties: facts(lab, id, 'again') };
  if (outcome === 'passed') return { ...common, verdict: 'passed' };
  if (outcome === 'not-done') return { ...common, verdict: 'skipped', message: showHidden(message ?? 'not done') };
  const reasons = failed.map((check) => `${onOneLine(check.summary)}\n${failureOf(check, placeText(lab, check.place)).details}`);
  const first = message ?? failed[0]?.summary ?? 'The step fails when it is done again.';
  return {
    ...common,
    verdict: 'failure',
    message: onOneLine(first),
    details: [showHidden(first), ...reasons].join('\n\n'),
    output: outputOf(commands),
  };
}

function findingCase(lab: VerifiedLab, { name, text, fix, place }: ReportFinding, step?: VerifiedStep, output = ''): Case {
  const at = place ?? step?.place;
  const lines = [showHidden(text), ...(fix === undefined ? [] : [`try: ${showHidden(fix)}`]), ...(at ? [`at: ${placeText(lab, at)}`] : [])];
  return {
    ...{ classname: classOf(lab, step?.id ?? 'lab'), name: `${name}: ${onOneLine(text)}`, ms: 0, verdict: 'failure', type: name },
    ...{ properties: facts(lab, step?.id, 'finding'), message: onOneLine(text), details: lines.join('\n'), output },
  };
}

function mutantCase(lab: VerifiedLab, mutant: Mutation): Case {
  const { id, operator, checkpoint, file, line, outcome, by, reason, ms } = mutant;
  const common = {
    ...{ classname: classOf(lab, 'mutants'), name: id, ms },
    properties: facts(lab, checkpoint, 'mutant', { operator, outcome, ...(by ? { by: by.step } : {}) }),
  };
  const change = [`${file}:${line}`, ...changeOf(mutant).map(({ mark, text }) => `${mark} ${text}`)].join('\n');
  switch (outcome) {
    case 'killed':
      return { ...common, verdict: 'passed', output: by ? `${change}\nnoticed by ${by.step}: ${showHidden(by.summary)}` : change };
    case 'survived':
      return { ...common, verdict: 'failure', type: 'survived', message: 'No check notices this change.', details: showHidden(change) };
    case 'equivalent':
      return { ...common, verdict: 'skipped', message: `equivalent: ${onOneLine(reason ?? '')}`, output: change };
    case 'undecided':
    case 'not-done':
      return { ...common, verdict: 'skipped', message: onOneLine(reason ?? 'not tried'), output: change };
  }
}

/**
 * A warning: the lab still works, its text is no longer true to the letter. JUnit knows no warnings; a failure would stop a pipeline
 * that the verification itself lets pass, and a case that passed is looked at by nobody. So it is skipped, with the difference below.
 */
function driftCase(lab: VerifiedLab, { id }: VerifiedStep, { command, lines, place }: Drift): Case {
  const output = [`at: ${placeText(lab, place)}`, ...lines.map(({ mark, text }) => `${mark} ${text}`)].join('\n');
  return {
    ...{ classname: classOf(lab, id), name: `output of: ${onOneLine(command)}`, ms: 0, verdict: 'skipped' },
    ...{ properties: facts(lab, id, 'drift'), message: 'drift: it prints something else than the lab says', output: showHidden(output) },
  };
}

function cleanupCase(lab: VerifiedLab): Case {
  const { done, ms, commands, left } = lab.cleanup;
  const common = { classname: classOf(lab, 'cleanup'), name: 'clean-up', ms, properties: facts(lab, undefined, 'cleanup') };
  if (left.length > 0)
    return { ...common, verdict: 'failure', message: `still there: ${left.map(onOneLine).join(', ')}`, output: outputOf(commands) };
  return done ? { ...common, verdict: 'passed' } : { ...common, verdict: 'skipped', message: 'not done' };
}

/** What stopped a whole lab, where something did. */
function labCases(lab: VerifiedLab): Case[] {
  const { outcome, message, ms } = lab;
  if (outcome === 'passed' || outcome === 'failed') return [];
  const why = message ?? (outcome === 'interrupted' ? 'It was interrupted.' : 'It was stopped by an error.');
  return [
    { classname: labName(lab), name: 'verify', ms, verdict: 'error', properties: facts(lab, undefined, 'lab'), message: showHidden(why) },
  ];
}

function outputOf(commands: readonly VerifiedCommand[]): string {
  return commands
    .flatMap(({ text, output }) => {
      const shown = showHidden(plainText(output)).replace(/\n+$/, '');
      return [`$ ${showHidden(text)}`, ...(shown === '' ? [] : [shown])];
    })
    .join('\n');
}
