import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { mergeReports } from '../../../src/verify/report/merge.ts';
import { toVerifyJunit } from '../../../src/verify/report/junit.ts';
import { bigReport, everythingWrong, machine, splitInShards } from '../../support/verify-reports.ts';

const schema = readFileSync(new URL('../../report/junit.xsd', import.meta.url), 'utf8');

async function problemsOf(contents: string): Promise<string[]> {
  const { valid, errors } = await validateXML({ xml: [{ fileName: 'verify.xml', contents }], schema: [schema] });
  return valid ? [] : errors.map(({ rawMessage }) => rawMessage);
}

/** The lines of a case, by its name. */
const caseOf = (xml: string, name: string) => {
  const start = xml.indexOf(`<testcase name="${name}"`);
  return start < 0 ? undefined : xml.slice(start, xml.indexOf('</testcase>', start));
};

describe("a verification's JUnit report", () => {
  const xml = toVerifyJunit(everythingWrong());

  test('is valid with everything wrong in it, with a part missing, and of several machines', async () => {
    const [first] = splitInShards(everythingWrong(), 3);
    const machines = mergeReports([everythingWrong(), { ...everythingWrong(), machines: [{ ...machine, name: 'desk-5' }] }]);
    for (const report of [everythingWrong(), mergeReports([first!]), machines]) expect(await problemsOf(toVerifyJunit(report))).toEqual([]);
  });

  test('would be told to be wrong by the schema, were it wrong', async () => {
    expect(await problemsOf(xml.replace(/<property name="step"/, '<property nam="step"'))).not.toEqual([]);
  });

  test('has a case for each check, with lab, step, kind and proof as properties', async () => {
    const big = toVerifyJunit(bigReport(5_000));
    expect(big.match(/<property name="kind" value="http"\/>/g)).toHaveLength(5_000);
    expect(big.match(/<property name="proof" value="output"\/>/g)).toHaveLength(1_000);
    expect(await problemsOf(big)).toEqual([]);
    expect(caseOf(xml, 'the log of app has GET')).toContain(
      ['lab" value="hello', 'step" value="run-locally', 'kind" value="log', 'proof" value="none']
        .map((pair) => `<property name="${pair}"/>`)
        .join('\n'),
    );
  });

  test('counts as failures what makes the verification fail, and as skipped what is only to be looked at', () => {
    expect(caseOf(xml, 'the log of app has GET')).toContain('<failure message="It passed, but nothing has made it fail." type="unproven">');
    expect(caseOf(xml, 'again: Run it on this machine')).toContain('<failure message="It needs what the first time left."');
    expect(caseOf(xml, 'action-failed: `chalice deploy` ended with status 2.')).toContain('type="action-failed"');
    expect(caseOf(xml, 'step: A step that says only why')).toContain('<failure message="The shell ended."');
    expect(caseOf(xml, 'clean-up')).toContain('<failure message="still there: role myapp-dev"');
    expect(caseOf(xml, 'output of: chalice deploy')).toContain('<skipped message="drift:');
    expect(caseOf(xml, 'step: Call it')).toContain('<skipped message="It builds on');
  });

  test('has a case for each mutant: killed has passed', () => {
    const [killed, survived, equivalent, untried] = [3, 14, 15, 16].map((line) => caseOf(xml, `method-swapped app.py:${line}`) ?? '');
    expect(killed).not.toMatch(/<(failure|skipped|error)/);
    expect(killed).toContain('noticed by run-locally: myapp/app.py has the route');
    expect(survived).toContain("myapp/app.py:14\n-     return {'hello': 'world'}\n+     return {'hello': ''}</failure>");
    expect(equivalent).toContain('<skipped message="equivalent: Nobody reads');
    expect(untried).toContain('<skipped message="Interrupted before its turn."/>');
  });

  test('counts its cases', () => {
    const count = (pattern: RegExp) => xml.match(pattern)?.length;
    const totals = /<testsuites name="labwalk" tests="(\d+)" failures="(\d+)" errors="0"/.exec(xml)?.slice(1).map(Number);
    expect(totals).toEqual([count(/<testcase /g), count(/<failure /g)]);
  });

  test('tells of a lab that did not come to its end, and of a part that is missing', () => {
    const report = everythingWrong();
    report.labs[1]!.outcome = 'interrupted';
    expect(toVerifyJunit(report)).toMatch(/<testcase name="verify" classname="tiny"[^]*?<error message="It was interrupted."/);
    const merged = mergeReports([splitInShards(everythingWrong(), 2)[1]!]);
    expect(toVerifyJunit(merged)).toContain('<error message="Part 1 of 2 is missing." type="error">');
  });
});
