/** What a beginner is told when an HTTP check fails: the cause that is most likely, and what to do about it. */
import { parseJson } from '../texts/find-json.ts';
import { lastLine, quote, visible } from '../texts/quote.ts';

export interface Advice {
  actual: string;
  tryThis: string;
  /** The cause is known, not guessed. */
  sure?: true;
}

/** Why there was no answer. */
export function explainNoAnswer({ code, message }: { code: string; message: string }, url: URL, timeoutMs: number): Advice {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  switch (code) {
    case 'ECONNREFUSED':
      return {
        actual: `nothing answers on port ${port} of ${url.hostname}`,
        tryThis: 'Is the service running? Start it as the step says, and look at its log for an error.',
      };
    case 'TIMEOUT':
    case 'ETIMEDOUT':
      return {
        actual: `no answer within ${timeoutMs / 1000} s`,
        tryThis: 'The service may hang: look at its log, stop it with Ctrl-C and start it again.',
      };
    case 'ECONNRESET':
    case 'EPIPE':
      return {
        actual: 'the connection was closed before an answer came',
        tryThis: 'The program may have crashed, or was just starting again. Look at its log, then check again.',
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        actual: `the name ${url.hostname} is not known`,
        tryThis: 'Check the spelling of the address, and that this machine is online.',
      };
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return { actual: `port ${port} does not speak https`, tryThis: 'Try the address with http:// in front.' };
    case 'STOPPED':
      return { actual: 'the check was stopped before it had an answer', tryThis: 'Check the step again.' };
    default:
      if (code.startsWith('HPE_')) {
        return {
          actual: `what answers on port ${port} does not speak HTTP`,
          tryThis: 'Another program may use this port. Stop it, or use another port.',
        };
      }
      if (/CERT|SELF_SIGNED|ISSUER/.test(code)) {
        return {
          actual: `the certificate of ${url.hostname} is not trusted (${code})`,
          tryThis: 'Check the address, and the clock of this machine.',
        };
      }
      return { actual: `the request failed: ${message}`, tryThis: 'Check the address, then try again.' };
  }
}

export interface StatusFacts {
  method: string;
  url: URL;
  wanted: number;
  status: number;
  reason: string;
  /** The response's body. */
  text: string;
  /** Where a redirect leads. */
  location: string | undefined;
  /** Methods that the server says it takes. */
  allow: string | undefined;
}

/** Why the status is another one than wanted. */
export function explainStatus({ method, url, wanted, status, reason, text, location, allow }: StatusFacts): Advice {
  const message = findMessage(text);
  const name = `status ${status}${reason === '' ? '' : ` ${reason}`}`;
  const actual = message === undefined ? name : `${name}: ${quote(message, 160)}`;
  const what = `${method} ${url.pathname}`;
  const isMissingRoute = status === 403 && message !== undefined && /missing authentication token/i.test(message);
  const isSure = isMissingRoute || isSuccess(status) || (wanted < 400 && SURE.has(status));
  return {
    actual: location === undefined ? actual : `${name}, a redirect to ${location}`,
    tryThis: advise(),
    ...(isSure ? { sure: true } : {}),
  };

  function advise(): string {
    // the two servers of this workshop's kind: API Gateway, and Chalice which answers as it does
    if (isMissingRoute) {
      return `This has nothing to do with keys: there is no route for ${what}. Check the path and the method, and that the newest code is running.`;
    }
    if (status < 400 && wanted >= 400) return `${what} should be refused, and it was not. Compare your code with the step.`;
    if (isSuccess(status)) return `The answer came, but with status ${status}. Let your code set the status to ${wanted}.`;
    if (status >= 300 && status < 400) return 'Use the address that the redirect leads to; a / at the end may make the difference.';
    switch (status) {
      case 400:
        return 'The server did not understand what was sent. Is the body well-formed JSON, and does its Content-Type fit?';
      case 401:
        return 'The server wants to know who asks. Check the Authorization header of the request.';
      case 403:
        return 'The server refuses this request. Check the address, then the permissions.';
      case 404:
        return `The server answers, but has nothing at ${url.pathname}. Compare the path of the route letter by letter, and check that the newest code is running.`;
      case 405:
        return `The path is right, but it takes ${allow ? `${visible(allow)}, not` : 'no'} ${method}. Add ${method} to the methods of its route.`;
      case 413:
        return 'Too much was sent at once. Send less.';
      case 415:
        return 'The route does not take this Content-Type. Send JSON as application/json, or add the type to those the route takes.';
      case 429:
        return 'Too many requests in a short time. Wait a few seconds, then try again.';
      case 500:
        return 'Your code raised an error. The last lines of the log say which one, and in which line.';
      case 502:
        return 'The function behind this address crashed, or its answer could not be passed on: a body must be text, not bytes or an object. Its log says more.';
      case 503:
        return 'The server is up, but not ready. Wait a few seconds, then try again.';
      case 504:
        return 'The function behind this address took too long: API Gateway waits 29 seconds, a function mostly less. Its log shows how far it came.';
      default:
        return 'Compare the address, the method and your code with the step, and look at the log.';
    }
  }
}

const isSuccess = (status: number) => status >= 200 && status < 300;

/** Statuses that say themselves what is the matter. */
const SURE: ReadonlySet<number> = new Set([404, 405, 415, 500, 502, 504]);

/** What an error page says: the message of JSON, the last line of a traceback, a page's title, or a short text. */
export function findMessage(text: string): string | undefined {
  const parsed = parseJson(text);
  if (parsed.ok) return messageOf(parsed.value);
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const traceback = trimmed.lastIndexOf('Traceback (most recent call last)');
  // Werkzeug's page of an error has it in a comment at its end
  if (traceback !== -1) return lastLine(trimmed.slice(traceback).split('-->')[0] ?? '');
  const title = /<title[^<>]*>([^<]*)<\/title>/i.exec(trimmed)?.[1]?.trim();
  if (title) return title;
  return trimmed.length <= 200 ? trimmed : undefined;
}

function messageOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const key of ['message', 'Message', 'errorMessage', 'error', 'detail']) {
    const found = (value as Record<string, unknown>)[key];
    if (typeof found === 'string' && found !== '') return found;
  }
  return undefined;
}
