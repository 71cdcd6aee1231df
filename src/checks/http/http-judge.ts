/** Compares a response with what a lab wants of it. */
import { compareTexts } from '../texts/compare-texts.ts';
import { parseJson } from '../texts/find-json.ts';
import { explainJson, explainNoJson, NO_RETURN } from '../texts/explain-json.ts';
import { explainText } from '../texts/explain-text.ts';
import { explainStatus } from './http-advice.ts';
import { headerOf, type HttpAnswer, type HttpRequest } from './http-request.ts';
import { describeJsonDifference, findExtraKey, findJsonDifference } from '../texts/json-subset.ts';
import { quote, shorten, visible } from '../texts/quote.ts';
import { judgeText, type TextRequirements } from '../texts/text-requirements.ts';

/** Beside the status. */
export interface AnswerRequirements extends Omit<TextRequirements, 'equals'> {
  type?: string;
  'response-headers': Record<string, string>;
  body?: string;
  /** No object of the body may have more keys than `json`. */
  exact: boolean;
}

export interface Wrong {
  expected: string;
  actual: string;
  tryThis: string;
  /** The cause is known, not guessed. */
  sure?: true;
}

/** The first thing that is not as wanted: the status, then the headers, then the body. Nothing when all is. Rejects as `judgeText` does. */
export async function judgeAnswer(
  requirements: AnswerRequirements,
  wanted: number,
  request: HttpRequest,
  { exchange, text }: HttpAnswer,
  signal: AbortSignal,
): Promise<Wrong | undefined> {
  const { response } = exchange;
  if (!response) return undefined;
  if (response.status !== wanted) {
    const { status, reason, headers } = response;
    const location = status >= 300 && status < 400 ? headerOf(headers, 'location') : undefined;
    const advice = explainStatus({
      method: request.method,
      url: request.url,
      wanted,
      status,
      reason: visible(reason),
      text,
      location: location && show(location),
      allow: headerOf(headers, 'allow'),
    });
    return { expected: `status ${wanted}`, ...advice };
  }
  return (
    judgeType(requirements.type, response.headers, text) ??
    judgeHeaders(requirements['response-headers'], response.headers) ??
    (await judgeBody(requirements, request, text, signal))
  );
}

function judgeType(wanted: string | undefined, headers: [string, string][], text: string): Wrong | undefined {
  // a server that adds one of its own may send two, where the code wrote the name in other letters
  const types = headers.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => value);
  if (wanted === undefined || types.some((each) => fitsType(wanted, each))) return undefined;
  const [type] = types;
  return {
    expected: `Content-Type ${wanted}`,
    actual: type === undefined ? 'no Content-Type' : `Content-Type ${show(type)}`,
    tryThis: text.trim() === 'null' ? NO_RETURN : adviseType(wanted, headers),
    sure: true,
  };
}

function adviseType(wanted: string, headers: [string, string][]): string {
  const near = headers.map(([name]) => name).find((name) => /^content.?types?$/i.test(name) && name.toLowerCase() !== 'content-type');
  if (near !== undefined) return `The response has a header ${show(near)}, which nobody knows. Write its name with a hyphen: Content-Type`;
  return `Set the header Content-Type of the response to ${wanted} in your code.`;
}

function judgeHeaders(wanted: Record<string, string>, headers: [string, string][]): Wrong | undefined {
  for (const [name, value] of Object.entries(wanted)) {
    const found = headerOf(headers, name);
    if (found?.includes(value)) continue;
    return {
      expected: `header ${name} with ${quote(value)}`,
      actual: found === undefined ? `no header ${name}` : `${name}: ${show(found)}`,
      tryThis: `Set the ${name} header of the response in your code.`,
    };
  }
  return undefined;
}

const CODE_ADVICE = 'Compare your code with the step. Is it saved, and is the newest version running?';

/** What to try: the cause where it is known, else something general. */
const advice = (cause: string | undefined, otherwise = CODE_ADVICE): Pick<Wrong, 'tryThis' | 'sure'> =>
  cause === undefined ? { tryThis: otherwise } : { tryThis: cause, sure: true };

async function judgeBody(
  requirements: AnswerRequirements,
  request: HttpRequest,
  text: string,
  signal: AbortSignal,
): Promise<Wrong | undefined> {
  if (requirements.body !== undefined) {
    const difference = compareTexts(requirements.body, text);
    if (difference) {
      const { expected, actual } = difference;
      return { expected: `body ${expected}`, actual: `body ${actual}`, ...advice(explainText(requirements.body, text, request.url)) };
    }
  }
  if (requirements.json !== undefined) {
    const parsed = parseJson(text);
    if (!parsed.ok) {
      const actual = text.trim() === '' ? 'an empty body' : `a body that is not JSON: ${quote(text.trim(), 80)}`;
      return {
        expected: 'a JSON body',
        actual,
        ...advice(explainNoJson(text), 'Return an object (a dict in Python) rather than a text, so that JSON is made of it.'),
      };
    }
    const difference = findJsonDifference(requirements.json, parsed.value);
    if (difference) {
      return {
        expected: `${difference.path} is ${difference.expected} in the JSON body`,
        actual: describeJsonDifference(difference),
        ...advice(explainJson(requirements.json, parsed.value, sentJson(request))),
      };
    }
    const extra = requirements.exact ? findExtraKey(requirements.json, parsed.value) : undefined;
    if (extra) {
      return {
        expected: 'no more in the JSON body than the step names',
        actual: `${extra.path} is there as well: ${extra.actual}`,
        tryThis: 'Something was added that does not belong there. Return only what the step asks for.',
        sure: true,
      };
    }
  }
  const { contains, matches, not } = requirements;
  const textRequirements = { ...(contains && { contains }), ...(matches && { matches }), ...(not && { not }) };
  const difference = await judgeText(text, textRequirements, 'the body', signal);
  return difference && { ...difference, tryThis: CODE_ADVICE };
}

function sentJson({ body }: HttpRequest): unknown {
  const parsed = body === undefined ? undefined : parseJson(body);
  return parsed?.ok ? parsed.value : undefined;
}

/** `text/html` fits `text/html; charset=utf-8`; capitals and spaces do not count. */
function fitsType(wanted: string, type: string): boolean {
  const simplify = (each: string) => each.toLowerCase().replace(/\s+/g, '');
  const got = simplify(type);
  return got === simplify(wanted) || got.startsWith(`${simplify(wanted)};`);
}

const show = (text: string) => shorten(visible(text));
