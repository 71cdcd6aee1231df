import * as z from 'zod';
import type { Exchange } from '../events/event.ts';
import type { Check, CheckContext, Outcome } from './check.ts';
import { failed } from './failed.ts';
import { explainNoAnswer, type Advice } from './http/http-advice.ts';
import { judgeAnswer, type AnswerRequirements } from './http/http-judge.ts';
import { adviseError, waitForError } from './http/traceback.ts';
import { headerOf, sendRequest, type HttpAnswer, type HttpRequest } from './http/http-request.ts';
import { listWords, quote } from './texts/quote.ts';
import { durationText, fillTemplate, hasTemplate, numberOrTemplate, textKey, toMilliseconds, toNumber } from './texts/template.ts';
import { containsKey, describeRequirements, jsonKey, matchesKey, notKey } from './texts/text-requirements.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

interface HttpInput extends AnswerRequirements {
  url: string;
  method?: (typeof METHODS)[number];
  headers: Record<string, string>;
  send?: { json?: unknown; text?: string; form?: Record<string, string> };
  follow: boolean;
  timeout: string;
  status: number | string;
}

const schema: z.ZodType<HttpInput> = z.preprocess(
  (value) => (typeof value === 'string' ? { url: value } : value),
  z.strictObject({
    url: textKey().superRefine(refuseAddress).describe('The address, with http:// or https:// in front. `http: URL` is short for it.'),
    method: z
      .preprocess((value) => (typeof value === 'string' ? value.toUpperCase() : value), z.enum(METHODS))
      .optional()
      .describe('The method. Without it: GET, or POST where something is sent.'),
    headers: z.record(z.string(), textKey()).default({}).describe('Headers of the request.'),
    send: z
      .strictObject({
        json: z.unknown().optional().describe('JSON, sent as application/json.'),
        text: textKey().optional().describe('A text, sent as text/plain.'),
        form: z.record(z.string(), textKey()).optional().describe('Fields of a form.'),
      })
      .refine((send) => Object.values(send).filter((value) => value !== undefined).length === 1, 'expected one of json, text, form')
      .optional()
      .describe('The body of the request.'),
    follow: z.boolean().default(false).describe('`true`: redirects are followed, five at most.'),
    timeout: durationText().default('10s').describe('Time that the answer may take.'),
    status: numberOrTemplate(100, 599).default(200).describe('The status that must come.'),
    type: textKey().optional().describe('The Content-Type that must come; `text/html` fits `text/html; charset=utf-8`, too.'),
    'response-headers': z.record(z.string(), textKey()).default({}).describe('Headers that must come, and a text that each must contain.'),
    body: textKey().optional().describe('The whole body that must come. Space around it does not count.'),
    json: jsonKey(),
    exact: z.boolean().default(false).describe('`true`: with `json`, no object of the body may have more keys.'),
    contains: containsKey(),
    matches: matchesKey(),
    not: notKey(),
  }),
);

export const http: Check<HttpInput> = {
  name: 'http',
  about: 'A request, and what is answered: status, type, headers and body.',
  example: `- http: http://localhost:8080/
- http: { url: "http://localhost:{{PORT}}/", json: { hello: world } }
- http: { url: "http://localhost:{{PORT}}/users", send: { json: { name: "{{WHO}}" } }, type: application/json, json: { name: "{{WHO}}" }, exact: true }
- http: { url: "http://localhost:{{PORT}}/nowhere", status: 403, contains: Missing Authentication Token }
- http: { url: "http://localhost:{{PORT}}/old", status: 301, response-headers: { Location: /new }, not: { contains: Traceback } }
`,
  schema,
  looksAt: 'state',
  asksServer: true,
  summary: (input) => {
    const parts = [
      input.type,
      input.body === undefined ? undefined : quote(input.body.trim(), 60),
      hasRequirements(input) ? `a body that ${describeRequirements(input)}` : undefined,
    ].filter((part) => part !== undefined);
    const answer = `${methodOf(input)} ${input.url} answers ${input.status}`;
    return parts.length === 0 ? answer : `${answer} with ${listWords(parts)}`;
  },
  async run(input, context): Promise<Outcome> {
    const wanted = toNumber(input.status);
    const expected = `status ${input.status} from ${methodOf(input)} ${input.url}`;
    const url = readAddress(input.url);
    if (!url)
      return failed(expected, `${quote(input.url)} is not a web address`, 'An earlier step fills in this address. Do that step first.');
    if (wanted === undefined)
      return failed(expected, `${quote(String(input.status))} is not a status`, 'This lab has a mistake here. Tell its author.');
    const before = context.logs();
    const answer = await ask(input, url, context);
    if (!('answer' in answer)) return failed(expected, answer.advice.actual, answer.advice.tryThis, answer.exchange);
    const wrong = await judgeAnswer(input, wanted, answer.request, answer.answer, context.signal);
    const { exchange } = answer.answer;
    if (!wrong) return { passed: true, exchange };
    if (isCrash(exchange) && wanted < 500 && before.length > 0) {
      const raised = await waitForError(before, context);
      if (raised) return { ...failed(wrong.expected, wrong.actual, adviseError(raised), exchange), sure: true };
    }
    return { ...failed(wrong.expected, wrong.actual, wrong.tryThis, exchange), ...(wrong.sure ? { sure: true } : {}) };
  },
};

/** An answer behind which there is an error in the code. */
const isCrash = ({ response }: Exchange) => response?.status === 500 || response?.status === 502;

type Asked = { answer: HttpAnswer; request: HttpRequest } | { advice: Advice; exchange: Exchange };

/** Sends the request, and follows redirects where the lab says so. */
async function ask(input: HttpInput, url: URL, context: CheckContext): Promise<Asked> {
  const timeout = toMilliseconds(input.timeout);
  let request = makeRequest(input, url);
  for (let hop = 0; ; hop++) {
    const answer = await sendRequest(request, context.route(request.url), { signal: context.signal, timeout });
    if (answer.failure) {
      const advice = explainNoAnswer(answer.failure, request.url, timeout);
      return { advice, exchange: { ...answer.exchange, error: advice.actual } };
    }
    const next = input.follow && hop < 5 ? redirectOf(request, answer.exchange) : undefined;
    if (!next) return { answer, request };
    request = next;
  }
}

function makeRequest(input: HttpInput, url: URL): HttpRequest {
  const { body, type } = encodeBody(input.send);
  const standard: [string, string][] = [
    ['User-Agent', 'labwalk'],
    ['Accept', type === 'application/json' ? 'application/json, */*' : '*/*'],
    ['Accept-Encoding', 'identity'],
    ['Connection', 'close'],
  ];
  if (type !== undefined) standard.push(['Content-Type', type]);
  if (body !== undefined) standard.push(['Content-Length', String(Buffer.byteLength(body))]);
  const own = Object.entries(input.headers);
  const named = new Set(own.map(([name]) => name.toLowerCase()));
  const headers = [
    ...standard.filter(([name]) => !named.has(name.toLowerCase())),
    ...own.filter(([name]) => name.toLowerCase() !== 'host'),
  ];
  return { method: methodOf(input), url, headers, ...(body === undefined ? {} : { body }) };
}

function encodeBody(send: HttpInput['send']): { body?: string; type?: string } {
  if (send?.json !== undefined) return { body: JSON.stringify(send.json), type: 'application/json' };
  if (send?.text !== undefined) return { body: send.text, type: 'text/plain; charset=utf-8' };
  if (send?.form) return { body: new URLSearchParams(send.form).toString(), type: 'application/x-www-form-urlencoded' };
  return {};
}

/** The request that a redirect asks for, as browsers make it: 303 and most others become a GET, 307 and 308 are sent again. */
function redirectOf(request: HttpRequest, { response }: Exchange): HttpRequest | undefined {
  const location = response && [301, 302, 303, 307, 308].includes(response.status) ? headerOf(response.headers, 'location') : undefined;
  const url = location === undefined ? undefined : readAddress(location, request.url);
  if (!response || !url) return undefined;
  // keys meant for one host are not shown to another
  const headers =
    url.origin === request.url.origin ? request.headers : request.headers.filter(([name]) => !/^(authorization|cookie)$/i.test(name));
  if (response.status >= 307 || ['GET', 'HEAD'].includes(request.method)) return { ...request, url, headers };
  return { method: 'GET', url, headers: headers.filter(([name]) => !/^content-/i.test(name)) };
}

const methodOf = ({ method, send }: HttpInput) => method ?? (send ? 'POST' : 'GET');

const hasRequirements = ({ json, contains, matches, not }: HttpInput) =>
  [json, contains, matches, not].some((requirement) => requirement !== undefined);

/** An http or https address, without the name and password that it may have in it. */
function readAddress(text: string, base?: URL): URL | undefined {
  if (!URL.canParse(text.trim(), base?.href)) return undefined;
  const url = new URL(text.trim(), base?.href);
  url.username = '';
  url.password = '';
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}

function refuseAddress(text: string, context: z.RefinementCtx): void {
  // a captured variable may be a whole address
  if (hasTemplate(text.slice(0, text.indexOf('}}') + 2)) && text.startsWith('{{')) return;
  const filled = fillTemplate(text, '1');
  if (!readAddress(filled)) context.addIssue({ code: 'custom', message: 'expected an address with http:// or https:// in front' });
  else if (new URL(filled).username !== '' || new URL(filled).password !== '') {
    context.addIssue({ code: 'custom', message: 'a name or password in an address would be shown; use an Authorization header' });
  }
}
