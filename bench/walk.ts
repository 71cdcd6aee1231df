/** The walk on a terminal: how soon it shows, how quickly it follows the keys while a service floods its log, what it costs. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { loggingLab, writeLab } from './labs.ts';
import { openScreen, type PersonsScreen } from '../scripts/on-screen.ts';
import { compare, percentile95, processorMs, residentMemory, round, time } from './measure.ts';

interface Place {
  root: string;
  folder: string;
}

interface Start extends Place {
  args: string[];
  columns?: number;
  rows?: number;
}

function start({ root, folder, args, columns = 120, rows = 40 }: Start): PersonsScreen {
  return openScreen({
    file: process.execPath,
    args: [path.join(root, 'bin/labwalk.js'), ...args],
    columns,
    rows,
    env: personEnv(folder),
    cwd: folder,
  });
}

/** What a person's terminal sets, with settings of the benchmark's own; a CI's variable would tell Ink not to draw. */
function personEnv(folder: string): Record<string, string> {
  const env: Record<string, string> = { TERM: 'xterm-256color', LANG: 'C.UTF-8', XDG_CONFIG_HOME: path.join(folder, 'config') };
  for (const name of ['PATH', 'HOME', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR', 'TMPDIR']) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

const shows = (text: string | RegExp) => (rows: string[]) =>
  rows.some((row) => (typeof text === 'string' ? row.includes(text) : text.test(row)));

/** Milliseconds from the start of the program until something shows. */
async function timeUntil(options: Start, isSo: (rows: string[]) => boolean, what: string): Promise<number> {
  const began = performance.now();
  const screen = start(options);
  try {
    return (await screen.until(isSo, what)) - began;
  } finally {
    await screen.end();
  }
}

/** `node -e 0`, from its start to its end. */
const timeNode = () => time({ file: process.execPath, args: ['-e', '0'] });

/** The flagship, begun in a workspace: as it is each time but the first. */
async function beginFlagship(place: Place): Promise<string[]> {
  const args = ['start', 'chalice', '--sandbox', '--workspace', path.join(place.folder, 'flagship')];
  await timeUntil({ ...place, args }, shows('Three frameworks to choose from'), 'the first step');
  return args;
}

export async function measureFirstFrame(place: Place) {
  const args = await beginFlagship(place);
  const details = await compare(() => timeUntil({ ...place, args }, shows('Your first serverless API'), 'the first frame'), timeNode, 15);
  return { figure: details.ratio, details };
}

export async function measureStepText(place: Place) {
  const args = await beginFlagship(place);
  const details = await compare(() => timeUntil({ ...place, args }, shows('You will write a web API'), "the step's text"), timeNode, 15);
  return { figure: details.ratio, details };
}

const presses = 100;

let opened = 0;

/** Opens a lab whose service floods its log, and starts the service. */
async function openBusy(
  place: Place,
  size: { columns: number; rows: number },
  { textLines = 400, trivialSteps = 0 }: { textLines?: number; trivialSteps?: number } = {},
): Promise<PersonsScreen> {
  // A lab of its own each time: one that was agreed to and begun starts in another way.
  const name = `busy-${++opened}`;
  const file = writeLab(place.folder, name, loggingLab(textLines, 5000, trivialSteps));
  const screen = start({ ...place, ...size, args: ['start', file, '--workspace', path.join(place.folder, `${name}-work`)] });
  await screen.until(shows(/agree|run it|trust/i), 'the question whether to run this lab');
  screen.press('y');
  await screen.until(shows('⏎ starts logger'), 'what Enter does');
  screen.press('\r');
  await screen.until(shows(/line \d{4,} of the log/), "the service's log");
  return screen;
}

/** The first paragraph that the text pane shows, and its row. */
function placeOfText(rows: string[]): string {
  const row = rows.findIndex((text) => /Paragraph \d+/.test(text));
  return `${row} ${/Paragraph \d+/.exec(rows[row] ?? '')?.[0]}`;
}

/** Scrolls the text line by line and back: milliseconds from each key to the changed screen. */
async function timeKeys(screen: PersonsScreen): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < presses; i++) {
    const before = placeOfText(screen.rows());
    const began = performance.now();
    screen.press(i % 20 < 10 ? 'j' : 'k');
    times.push((await screen.until((rows) => placeOfText(rows) !== before, 'a scrolled text')) - began);
    // a person's pace, so that the keys don't fall into one frame, nor always at the same moment of it
    await pause(20 + (i % 7) * 11);
  }
  return times;
}

export async function measureKeys(place: Place, size: { columns: number; rows: number }) {
  const screen = await openBusy(place, size);
  try {
    const [began, used] = [performance.now(), processorMs(screen.pid)];
    const times = await timeKeys(screen);
    const cpu = (processorMs(screen.pid) - used) / (performance.now() - began);
    const p95 = round(percentile95(times));
    return {
      figure: p95,
      details: { p95, p50: round([...times].sort((a, b) => a - b)[presses / 2] ?? NaN), keys: presses, cpu: round(cpu) },
    };
  } finally {
    await screen.end();
  }
}

/** The share of a processor core that the program needs while nobody presses a key and a service logs 5,000 lines a second. */
export async function measureProcessor(place: Place) {
  const screen = await openBusy(place, { columns: 120, rows: 40 });
  try {
    const [began, used] = [performance.now(), processorMs(screen.pid)];
    await pause(10_000);
    const share = round((processorMs(screen.pid) - used) / (performance.now() - began));
    return { figure: share, details: { share, seconds: 10, columns: 120, rows: 40 } };
  } finally {
    await screen.end();
  }
}

/** The echo of what is typed into the lab's terminal, while a service logs. */
export async function measureEcho(place: Place) {
  const screen = await openBusy(place, { columns: 120, rows: 40 });
  try {
    screen.press('1t');
    await screen.until(shows(/Ctrl-\]/), 'the keyboard in the terminal');
    const times: number[] = [];
    let typed = '';
    for (let i = 0; i < presses; i++) {
      const letter = 'abcdefghijklmnop'[i % 16] ?? '';
      typed = i % 16 === 0 ? letter : typed + letter;
      if (i > 0 && i % 16 === 0) screen.press('\x15');
      const began = performance.now();
      screen.press(letter);
      const now = typed;
      times.push((await screen.until(shows(`$ ${now}`), `the echo of ${now}`)) - began);
      await pause(20 + (i % 7) * 11);
    }
    const p95 = round(percentile95(times));
    return { figure: p95, details: { p95, p50: round([...times].sort((a, b) => a - b)[presses / 2] ?? NaN), keys: presses } };
  } finally {
    await screen.end();
  }
}

export async function measureMemory(place: Place) {
  const screen = await openBusy(place, { columns: 120, rows: 40 });
  try {
    screen.press('n');
    await screen.until(shows('⏎ types: seq 1000000'), 'the second step');
    screen.press('\r');
    await screen.until(shows(/\b1000000\b(?!.*seq)/), 'the last line');
    const peak = Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${screen.pid}/status`, 'utf8'))?.[1]) / 1024;
    const now = residentMemory(screen.pid);
    return { figure: now, details: { mb: now, peakMb: Math.round(peak), lines: 1_000_000 } };
  } finally {
    await screen.end();
  }
}

type Size = NonNullable<Parameters<typeof openBusy>[2]>;

/** Key to screen beside a busy service: a large lab against a small one. */
async function compareKeys(place: Place, large: Size) {
  const p95 = async (lab: Size) => {
    const screen = await openBusy(place, { columns: 120, rows: 40 }, lab);
    try {
      return percentile95(await timeKeys(screen));
    } finally {
      await screen.end();
    }
  };
  const [small, big] = [await p95({}), await p95(large)];
  return { figure: round(big / small), details: { p95Small: round(small), p95Large: round(big), ...large } };
}

export const measureLongText = (place: Place) => compareKeys(place, { textLines: 5000 });
export const measureManySteps = (place: Place) => compareKeys(place, { trivialSteps: 1000 });
