/** The values of fence options: read, or said what is wrong with them. */
import { nearest } from '../text/nearest.ts';
import { parseDuration } from '../text/duration.ts';
import { expandDollar, namesAfterDollar, namesInBraces } from './expand.ts';
import { didYouMean } from './problems.ts';
import { type DeclaredVariables, undeclared } from './reading-context.ts';
import { scenarioNames } from './scenarios.ts';
import type { ServiceAction, When } from './types.ts';

export type Read<T> = { value: T } | { mistake: string; fix?: string };

export function readTimeout(text: string): Read<number> {
  const value = parseDuration(text);
  return value === undefined ? { mistake: `"${text}" is no duration`, fix: 'Write a number with its unit: 500ms, 60s or 2m.' } : { value };
}

export function readExpect(text: string): Read<'fail' | number> {
  if (text === 'fail') return { value: text };
  const status = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (status >= 1 && status <= 255) return { value: status };
  return { mistake: `expect can't be "${text}"`, fix: 'It is fail, or an exit status from 1 to 255.' };
}

const places: readonly When[] = ['sandbox', 'aws', 'refused', 'known', ...scenarioNames];

export function readWhen(text: string): Read<When> {
  const value = places.find((place) => place === text);
  return value ? { value } : { mistake: `when can't be "${text}"`, fix: didYouMean(nearest(text, places), places, 'It can be') };
}

type Ready = NonNullable<ServiceAction['ready']>;

/** When a service is ready; variables in it must be declared. */
export function readReady(text: string, variables: DeclaredVariables): Read<Ready> {
  if (text.startsWith('log:')) return readLog(text.slice('log:'.length));
  const names = [...namesAfterDollar(text), ...namesInBraces(text)].map(({ name }) => name);
  const unknown = names.map((name) => undeclared(name, variables)).find(Boolean);
  if (unknown) return unknown;
  const sample = expandDollar(text, Object.fromEntries(names.map((name) => [name, '1'])));
  if (text.startsWith('port:')) {
    const port = Number(sample.slice('port:'.length));
    if (Number.isInteger(port) && port >= 1 && port <= 65535) return { value: { kind: 'port', port: text.slice('port:'.length) } };
    return { mistake: `"${text}" names no port`, fix: 'Write it like port:8080 or port:$PORT.' };
  }
  if (/^https?:\/\//.test(sample) && URL.canParse(sample)) return { value: { kind: 'url', url: text } };
  return { mistake: `ready can't be "${text}"`, fix: 'It is an address (http://…), port:8080 or log:"a text".' };
}

function readLog(matches: string): Read<Ready> {
  if (matches === '') return { mistake: 'log: needs a text to wait for', fix: 'Write it like log:"Serving on".' };
  try {
    new RegExp(matches);
    return { value: { kind: 'log', matches } };
  } catch (error) {
    return { mistake: `"${matches}" is no regular expression: ${(error as Error).message.replace(/^.*: /, '')}` };
  }
}
