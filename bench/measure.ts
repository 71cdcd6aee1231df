/** Whole processes, timed from outside, in pairs: what is compared runs in turn, so that a slow moment of the machine hits both. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Program {
  file: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

/** Runs a program to its end and returns milliseconds. Rejects where it does not end with the expected status. */
export function time({ file, args, env, cwd }: Program, status = 0): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'], ...(env ? { env } : {}), ...(cwd ? { cwd } : {}) });
    let errors = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      const ms = performance.now() - began;
      if (code === status) resolve(ms);
      else reject(new Error(`${[file, ...args].join(' ')} ended with ${code}: ${errors.slice(-2000)}`));
    });
  });
}

export interface Ratio {
  /** Median of the ratios of the pairs. */
  ratio: number;
  least: number;
  most: number;
  /** Medians, in milliseconds. */
  ours: number;
  theirs: number;
  pairs: number;
}

/** Times two things in turn, after a round that does not count. */
export async function compare(ours: () => Promise<number>, theirs: () => Promise<number>, pairs: number): Promise<Ratio> {
  await ours();
  await theirs();
  const all: [number, number][] = [];
  for (let i = 0; i < pairs; i++) all.push(i % 2 === 0 ? [await ours(), await theirs()] : swap([await theirs(), await ours()]));
  const ratios = all.map(([a, b]) => a / b).sort((a, b) => a - b);
  return {
    ratio: round(median(ratios)),
    least: round(ratios[0] ?? NaN),
    most: round(ratios.at(-1) ?? NaN),
    ours: Math.round(median(all.map(([a]) => a))),
    theirs: Math.round(median(all.map(([, b]) => b))),
    pairs,
  };
}

const swap = ([a, b]: [number, number]): [number, number] => [b, a];

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

export const round = (value: number) => Math.round(value * 1000) / 1000;

/** Runs a program and returns its largest resident memory, in MB, as the kernel has it. Linux only. */
export function peakMemory({ file, args, env, cwd }: Program): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'ignore', ...(env ? { env } : {}), ...(cwd ? { cwd } : {}) });
    let peak = 0;
    const look = setInterval(() => {
      const kilobytes = /VmHWM:\s+(\d+)/.exec(readStatus(child.pid))?.[1];
      if (kilobytes) peak = Math.max(peak, Number(kilobytes) / 1024);
    }, 20);
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(look);
      if (code === 0) resolve(Math.round(peak));
      else reject(new Error(`${args.join(' ')} ended with ${code}`));
    });
  });
}

function readStatus(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

/** Milliseconds of processor time that a process has used. Linux only. */
export function processorMs(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  // utime and stime, in ticks of 10 ms; the fields are counted from the third on
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory of a process now, in MB. Linux only. */
export function residentMemory(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

/** The value below which 95 % of the values lie. */
export function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? NaN;
}
