import type { Exchange } from '../../events/event.ts';
import { showHidden } from '../../text/hidden.ts';
import { jsonLines } from './json-lines.ts';
import { foldLines } from './fold-lines.ts';
import type { Look } from '../look.ts';

/**
 * An HTTP request and its response, line by line as HTTPie shows them: request line, headers, an empty line, body; then the response
 * likewise. JSON is indented. A body of more than `mostLines` lines is cut.
 */
export function exchangeLines({ request, response, error }: Exchange, look: Look, mostLines: number): string[] {
  const lines = [
    `${look.green(request.method)} ${look.cyan(clean(targetOf(request.url)))} ${look.blue('HTTP/1.1')}`,
    ...headerLines(request.headers, look),
    ...bodyLines(request.body ?? '', look, mostLines),
  ];
  if (response) {
    const paintStatus = response.status < 300 ? look.green : response.status < 400 ? look.yellow : look.red;
    lines.push(
      '',
      `${look.blue(clean(response.version))} ${paintStatus(`${response.status} ${clean(response.reason)}`.trim())}`,
      ...headerLines(response.headers, look),
      ...bodyLines(response.body, look, mostLines),
      ...(response.truncated ? [look.dim(`${look.marks.more} the rest of the body was not kept`)] : []),
    );
  }
  if (error !== undefined) lines.push('', look.red(`no response: ${clean(error)}`));
  return lines;
}

function headerLines(headers: [string, string][], look: Look): string[] {
  return headers.map(([name, value]) => `${look.cyan(clean(name))}: ${clean(value)}`);
}

function bodyLines(body: string, look: Look, mostLines: number): string[] {
  if (body === '') return [];
  const text = showHidden(body).replace(/\n+$/, '');
  const lines = jsonLines(text, look) ?? text.split('\n');
  return ['', ...foldLines(lines, mostLines, look)];
}

/** What the request line asks for. The address itself where it is none. */
function targetOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed ? parsed.pathname + parsed.search : url;
}

function clean(text: string): string {
  return showHidden(text).replaceAll('\n', ' ');
}
