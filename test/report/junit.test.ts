import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Event } from '../../src/events/event.ts';
import { junitReport } from '../../src/report/junit/junit.ts';
import { readStream, replay, streamNames } from './replay.ts';

const schema = readFileSync(new URL('./junit.xsd', import.meta.url), 'utf8');

async function problemsOf(documents: readonly string[]): Promise<string[]> {
  const xml = documents.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
  const { valid, errors } = await validateXML({ xml, schema: [schema] });
  return valid ? [] : errors.map(({ rawMessage }) => rawMessage);
}

const caseNames = (xml: string) => [...xml.matchAll(/<testcase name="([^"]*)"/g)].map(([, name]) => name);

describe('the JUnit report', () => {
  test.each(streamNames)('is valid for the run %s, and for every beginning of it that ends a step', async (name) => {
    const events = readStream(name);
    const ends = [...events.keys()].filter((i) => events[i]?.type === 'step-ended' || events[i]?.type === 'check-ended');
    const documents = [0, ...ends, events.length - 1].map((i) => replay(junitReport, events.slice(0, i + 1)));
    expect(await problemsOf(documents)).toEqual([]);
  });

  test('would be told to be wrong by the schema, were it wrong', async () => {
    const good = replay(junitReport, readStream('failed-check'));
    expect(await problemsOf([good.replace('<failure', '<failed').replace('</failure', '</failed')])).not.toEqual([]);
    expect(await problemsOf([good.replace(/time="[^"]*"/, 'time="soon"')])).not.toEqual([]);
  });

  test('has a case for each check, with its time and its step', () => {
    const xml = replay(junitReport, readStream('all-passed'));
    const checks = readStream('all-passed').filter(({ type }) => type === 'check-ended');
    expect(caseNames(xml)).toHaveLength(checks.length);
    expect(xml).toContain('<testcase name="myapp/app.py is Python without mistakes" classname="hello.new-project" time="0.031">');
    expect(xml).toContain('<testsuite name="hello" tests="6" failures="0" errors="0" skipped="0"');
  });

  test('says of a failed check what was expected, what came, what to try and where it stands', () => {
    const xml = replay(junitReport, readStream('failed-check'));
    expect(xml).toContain(
      'expected: body &lt;h1&gt; Your name is Ada.&lt;/h1&gt;\ngot: body &lt;h1&gt; Your nane is Ada.&lt;/h1&gt;\ntry: Compare',
    );
    expect(xml).toContain('\nat: labs/hello/lab.md:60</failure>');
  });

  test('has a case for an action that failed, a skipped step, an interrupted one and what is left over', () => {
    const failed = replay(junitReport, readStream('failed-check'));
    expect(caseNames(failed)).toEqual(expect.arrayContaining(['action: chalice deploy', 'clean-up']));
    expect(replay(junitReport, readStream('skipped'))).toContain('<skipped message="It builds on');
    expect(replay(junitReport, readStream('interrupted'))).toMatch(/name="step: Run it on this machine"[^>]*>\n<error /);
  });

  test('tells of a run that was cut short', () => {
    const events = readStream('all-passed').slice(0, -1);
    expect(replay(junitReport, events)).toMatch(
      /<testcase name="run" classname="hello"[^>]*>\n<error message="The run did not come to its end."/,
    );
  });

  test('gives a check the output of the commands above it, not of those above earlier checks', () => {
    const event = (body: object) => ({ time: '2026-01-01T00:00:00.000Z', lab: 'x', step: 's', ...body }) as Event;
    const place = { file: '/x.md', line: 1, column: 1 };
    const command = (n: number, text: string) => [
      event({ type: 'command-started', command: n, terminal: 'lab', text, byHand: false, directory: '.' }),
      event({ type: 'command-ended', command: n, terminal: 'lab', status: 0, ended: 'done', ms: 1, size: 4, tail: `out ${n}`, log: 'l' }),
    ];
    const check = (n: number) =>
      event({ type: 'check-ended', check: n, name: 'status', summary: `check ${n}`, outcome: 'passed', ms: 1, place });
    const start = event({
      type: 'run-started',
      labwalk: '1',
      title: 'X',
      driver: 'headless',
      mode: 'sandbox',
      workspace: '/w',
      hash: 'h',
      seed: 's',
      steps: [{ id: 's', title: 'S', task: 't', reading: false, checks: 3 }],
    });
    const events = [start, event({ type: 'step-started' }), ...command(1, 'one'), check(0), check(1), ...command(2, 'two'), check(2)];
    const outputs = [...replay(junitReport, events).matchAll(/<system-out>([^<]*)</g)].map(([, text]) => text);
    expect(outputs.slice(0, 3)).toEqual(['$ one\nout 1', '$ one\nout 1', '$ two\nout 2']);
  });
});
