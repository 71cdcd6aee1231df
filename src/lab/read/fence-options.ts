/** The values of fence options: read, or said what is wrong with them. */
import { nearest } from '../../text/nearest.ts';
import { parseDuration } from '../../text/duration.ts';
import { expandDollar, expandText, namesAfterDollar, namesInBraces } from '../facts/expand.ts';
import { didYouMean } from '../problems.ts';
import { type DeclaredVariables, undeclared } from './reading-context.ts';
import { scenarioNames } from '../facts/scenarios.ts';
import type { ExpectedOutput, ServiceAction, When } from '../types.ts';

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

/** A text, or a regular expression between slashes; variables in it must be declared. */
export function readExpectOutput(text: string, variables: DeclaredVariables): Read<ExpectedOutput> {
  const names = namesInBraces(text).map(({ name }) => name);
  const unknown = names.map((name) => undeclared(name, variables)).find(Boolean);
  if (unknown) return unknown;
  if (text.trim() === '') return { mistake: 'expect-output needs a text that is not empty' };
  const [, source] = /^\/(.+)\/$/s.exec(text) ?? [];
  if (source === undefined) return { value: { kind: 'text', text } };
  const sample = expandText(source, Object.fromEntries(names.map((name) => [name, 'x'])));
  const why = whyNoPattern(sample);
  return why === undefined ? { value: { kind: 'pattern', source } } : { mistake: `"${source}" is no regular expression: ${why}` };
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
  const why = whyNoPattern(matches);
  return why === undefined ? { value: { kind: 'log', matches } } : { mistake: `"${matches}" is no regular expression: ${why}` };
}

function whyNoPattern(source: string): string | undefined {
  try {
    new RegExp(source);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^.*: /, '');
  }
}
