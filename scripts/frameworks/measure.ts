/** Does a lab with a step more in it, in a copy of the program, and reads off what the comparison needs. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import type { Event } from '../../src/events/event.ts';
import { readLab } from '../../src/session/labs/load-lab.ts';
import { createIgnored } from '../../src/workspace/ignored.ts';
import { listFiles } from '../../src/workspace/list-files.ts';
import { countLines } from './count-lines.ts';
import type { Framework } from './frameworks.ts';
import { addMeasuringStep, folder } from './measuring-step.ts';
import type { Measurement } from './record.ts';

const root = path.join(import.meta.dirname, '../..');
const theStep = 'measure';

/**
 * The keys are good from the start: what a refused deployment leaves would make the next one no first one. Takes about as long as the lab alone
 * does. Throws where a step fails or something is left.
 */
export async function measure(framework: Framework): Promise<Measurement> {
  const place = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'labwalk-frameworks-')));
  try {
    const [copy, workspace, events] = [path.join(place, 'labwalk'), path.join(place, 'workspace'), path.join(place, 'events.ndjson')];
    const file = makeCopy(copy, framework);
    const program = ['--preserve-symlinks-main', '--preserve-symlinks', path.join(copy, 'bin/labwalk.js')];
    const run = ['run', framework.lab, '--sandbox', '--scenario', 'fine', '--workspace', workspace];
    const reports = ['--report', 'text', '--report', `ndjson=${events}`];
    await execa(process.execPath, [...program, ...run, ...reports], { stdin: 'ignore', stdout: 'inherit', stderr: 'inherit' });
    const happened = readLines(events).map((line) => JSON.parse(line) as Event);
    const asked = readLines(path.join(copy, 'sandbox/permissions.log'));
    return { ...readEvents(happened, asked, framework), ...readFound(workspace, framework, readLab(file).lab?.ignore ?? []) };
  } finally {
    fs.rmSync(place, { recursive: true, force: true });
  }
}

/** Gives the lab's file in it. */
function makeCopy(copy: string, framework: Framework): string {
  fs.mkdirSync(copy);
  for (const part of ['bin', 'dist', 'labs', 'solutions', 'sandbox', 'toolchain', 'package.json', 'node_modules']) {
    if (part === 'labs' || part === 'sandbox') fs.cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
    else fs.symlinkSync(path.join(root, part), path.join(copy, part));
  }
  fs.copyFileSync(path.join(import.meta.dirname, 'note_permissions.py'), path.join(copy, 'sandbox/note_permissions.py'));
  // first: the others build on it, and what CloudFormation asks for in a person's name goes through one of them only
  fs.appendFileSync(path.join(copy, 'sandbox/emulator.py'), '\n\nimport note_permissions\n\nPATCHES = (note_permissions, *PATCHES)\n');
  const file = path.join(copy, 'labs', framework.lab, 'lab.md');
  fs.writeFileSync(file, addMeasuringStep(fs.readFileSync(file, 'utf8'), framework));
  return file;
}

type OfCommands = Pick<Measurement, 'commands' | 'own' | 'ms' | 'asked'>;

/** @param asked lines of a time in milliseconds and a permission, in order */
export function readEvents(events: readonly Event[], asked: readonly string[], framework: Framework): OfCommands {
  const started = events.filter((event) => event.type === 'command-started');
  const typed = events
    .filter((event) => event.type === 'command-started' || event.type === 'service-started')
    .filter(({ step }) => step !== undefined && step !== theStep)
    .map(({ text }) => text);
  const timesOf = (command: string, isIn: (step: string | undefined) => boolean) => {
    const starts = started.filter(({ step, text }) => text === command && isIn(step));
    const ends = starts.map((start) => events.find((event) => event.type === 'command-ended' && event.command === start.command));
    const at = ends.findIndex((end) => end?.type === 'command-ended' && end.status === 0);
    const [start, end] = [starts[at], ends[at]];
    if (!start || end?.type !== 'command-ended') throw new Error(`In the lab ${framework.lab} no "${command}" has ended well.`);
    return { ms: end.ms, from: Date.parse(start.time), to: Date.parse(end.time) };
  };
  const deploy = timesOf(framework.deploy, (step) => step !== theStep);
  const local = events.find((event) => event.type === 'service-ready');
  if (local?.type !== 'service-ready') throw new Error(`In the lab ${framework.lab} no service was ready.`);
  const during = asked.map((line) => line.split(' ')).filter(([at]) => Number(at) >= deploy.from && Number(at) <= deploy.to);
  return {
    commands: typed.length,
    own: [...new Set(typed.filter((text) => text.startsWith(`${framework.command} `)))],
    ms: {
      local: local.ms,
      deploy: deploy.ms,
      redeploy: timesOf(framework.redeploy, (step) => step === theStep).ms,
      remove: timesOf(framework.remove, (step) => step !== theStep).ms,
    },
    asked: [...new Set(during.map(([, action = '']) => action))].sort(),
  };
}

type OfAccount = Pick<Measurement, 'files' | 'functions' | 'resources' | 'allowed'>;

/** What the measuring step has put down in the workspace. */
function readFound(workspace: string, { project }: Framework, ignored: readonly string[]): OfAccount {
  const found = path.join(workspace, folder);
  const read = <T>(file: string) => JSON.parse(fs.readFileSync(path.join(found, file), 'utf8')) as T;
  const files = listFiles(found, createIgnored(found, ignored), project);
  const kinds = fs.readdirSync(found).filter((name) => name.endsWith('.json') && name !== 'functions.json');
  const policies = fs.readdirSync(path.join(found, 'policies')).sort();
  return {
    files: files.map((name) => countLines(path.relative(project, name), fs.readFileSync(path.join(found, name), 'utf8'))),
    functions: read<OfAccount['functions']>('functions.json').sort((a, b) => (a.name < b.name ? -1 : 1)),
    resources: Object.fromEntries(
      kinds
        .sort()
        .map((name) => [path.basename(name, '.json'), [...new Set(read<string[]>(name))].sort()] as const)
        .filter(([, names]) => names.length > 0),
    ),
    allowed: policies.flatMap((name) => read<Statement[]>(`policies/${name}`).flatMap(describeStatement)),
  };
}

interface Statement {
  Action: string | string[];
  Resource: string | string[];
}

const describeStatement = ({ Action, Resource }: Statement) =>
  [Action].flat().map((action) => `${action} on ${describeResource(Resource)}`);

const describeResource = (resource: Statement['Resource']) =>
  [resource]
    .flat()
    .join(', ')
    .replaceAll(/:\d{12}:/g, ':ACCOUNT:');

const readLines = (file: string) => fs.readFileSync(file, 'utf8').split('\n').filter(Boolean);
