import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/events/event.ts';
import { exchangeLines } from '../../src/report/text/http-exchange.ts';
import { jsonLines } from '../../src/report/text/json-lines.ts';
import { createLook } from '../../src/report/look.ts';

const look = createLook({ colour: false, columns: 80, unicode: true });
const coloured = createLook({ colour: true, columns: 80, unicode: true });

const exchange = (body: string, more: Partial<Exchange> = {}): Exchange => ({
  request: { method: 'GET', url: 'http://localhost:8080/users/Ada?x=1', headers: [['Host', 'localhost:8080']] },
  response: { status: 200, reason: 'OK', version: 'HTTP/1.1', headers: [['Content-Type', 'text/plain']], body, truncated: false, ms: 3 },
  ...more,
});

describe('an HTTP exchange', () => {
  test('is shown as HTTPie shows it', () => {
    const post: Exchange = { ...exchange('{"ok":true}') };
    post.request = { method: 'POST', url: 'https://a.example/users', headers: [['Host', 'a.example']], body: '{"name": "Ada"}' };
    expect(exchangeLines(post, look, 20).join('\n')).toBe(
      [
        'POST /users HTTP/1.1',
        'Host: a.example',
        '',
        '{',
        '    "name": "Ada"',
        '}',
        '',
        'HTTP/1.1 200 OK',
        'Content-Type: text/plain',
        '',
        '{',
        '    "ok": true',
        '}',
      ].join('\n'),
    );
  });

  test('has no empty end where there is no body', () => {
    expect(exchangeLines(exchange(''), look, 20).at(-1)).toBe('Content-Type: text/plain');
  });

  test('says why there is no response', () => {
    const { request } = exchange('');
    expect(exchangeLines({ request, error: 'connect ECONNREFUSED 127.0.0.1:8080' }, look, 20).slice(-2)).toEqual([
      '',
      'no response: connect ECONNREFUSED 127.0.0.1:8080',
    ]);
  });

  test('folds a long body, and cuts a long line', () => {
    const body = [...Array.from({ length: 30 }, (_, i) => `line ${i}`)].join('\n');
    expect(exchangeLines(exchange(body), look, 20).slice(-2)).toEqual(['line 19', '… 10 lines more']);
    expect(exchangeLines(exchange('x'.repeat(1_000_000)), look, 20).at(-1)).toHaveLength(2002);
  });

  test('shows an escape sequence of a body or header instead of passing it on', () => {
    const bad = exchange('\x1b[2Jgone\r\n', { error: '\x1b]0;x\x07why' });
    bad.request.headers.push(['X-\x1b[31mBad', 'a\x1b[2J\r\nb']);
    const lines = ['X-\\u{1b}[31mBad: a\\u{1b}[2J b', '', 'HTTP/1.1 200 OK', 'Content-Type: text/plain', '', '\\u{1b}[2Jgone', ''];
    expect(exchangeLines(bad, look, 20).join('\n')).toContain([...lines, 'no response: \\u{1b}]0;x\\u{7}why'].join('\n'));
  });
});

describe('JSON', () => {
  test('is indented by four, whatever its form was', () => {
    expect(jsonLines('{"a":[1,{"b":[]},{}],\n\n"c" :"x, {y}: \\"z\\"", "d":{"e":null}}', look)).toEqual([
      '{',
      '    "a": [',
      '        1,',
      '        {',
      '            "b": []',
      '        },',
      '        {}',
      '    ],',
      '    "c": "x, {y}: \\"z\\"",',
      '    "d": {',
      '        "e": null',
      '    }',
      '}',
    ]);
    for (const value of [[], {}, [[], [{}]], { a: { b: [1, 2.5e-3, true, null, 'x'] } }]) {
      expect(jsonLines(JSON.stringify(value), look)?.join('\n')).toBe(JSON.stringify(value, null, 4));
    }
  });

  test('keeps the digits of a number and the place of a key', () => {
    expect(jsonLines('{"b":12345678901234567890,"a":1.0,"b":2}', look)).toEqual([
      '{',
      '    "b": 12345678901234567890,',
      '    "a": 1.0,',
      '    "b": 2',
      '}',
    ]);
  });

  test('is coloured by what it is', () => {
    expect(jsonLines('{"a":"b","c":1}', coloured)?.slice(1, 3)).toEqual([
      '    \x1b[34m"a"\x1b[39m: \x1b[32m"b"\x1b[39m,',
      '    \x1b[34m"c"\x1b[39m: \x1b[36m1\x1b[39m',
    ]);
  });

  test.each(['', 'text', '"text"', '12', '{broken', '[1,]', '<p>{}</p>'])('is not what %j is', (text) => {
    expect(jsonLines(text, look)).toBeUndefined();
  });
});
