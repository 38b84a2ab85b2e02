import type { Message } from './message.ts';
import type { Random } from './random.ts';
import { textOf } from './texts.ts';

/** What a lane asks, before it is bent. */
export interface Asked {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: Buffer;
}

const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'QUERY',
  'CONNECT',
] as const;

/** Any method there is, and some there are not. */
export function anyMethod(random: Random): string {
  return random.chance(3) ? random.pick(['get', 'FOO', 'POST ', 'G\tT', '']) : random.pick(methods);
}

const oddHeaders: Record<string, readonly [string, ...string[]]> = {
  Accept: ['*/*', 'application/json', 'text/html;q=x', ','],
  'Accept-Language': ['nl', 'en', 'xx', '*', 'nl;q=2,en;q=-1', 'en-US-x-'.repeat(100)],
  'Accept-Encoding': ['gzip, br', 'identity;q=0', 'x'.repeat(500)],
  'Content-Encoding': ['gzip', 'br', 'deflate', 'identity', 'nonsense'],
  'HX-Request': ['true', 'false', 'maybe'],
  'HX-Target': ['section#row-authentication-phone', 'main#main', '#', 'a#b#c', 'row-office-phone', '<x>'],
  'HX-Request-Type': ['partial', 'full'],
  Origin: ['null', 'https://evil.example', 'http://127.0.0.1'],
  'Sec-Fetch-Site': ['cross-site', 'same-origin', 'none', 'x'],
  'X-Forwarded-For': ['203.0.113.9', '::1, x', 'unknown'],
  'X-Forwarded-Host': ['evil.example'],
  'X-Forwarded-Proto': ['https', 'gopher'],
  'X-HTTP-Method-Override': ['DELETE', 'GET'],
  'If-None-Match': ['*', '"x"'],
  'If-Modified-Since': ['Thu, 01 Jan 1970 00:00:00 GMT', 'yesterday'],
  Range: ['bytes=0-1', 'bytes=-1', 'bytes=9-1', 'bytes=0-0,2-3', 'lines=1-2'],
  Expect: ['100-continue', 'nothing'],
  Upgrade: ['websocket', 'h2c'],
  'User-Agent': ['Lynx/2.9', '', 'x'.repeat(3000)],
  Referer: ['http://evil.example/?code=123456'],
  Cookie: [
    'session=s%3Ax.y',
    'visit=%',
    'form=%7B%7D',
    '=;;=',
    'language=xx',
    '__proto__=1',
    `form=${'A'.repeat(3000)}`,
  ],
  Authorization: ['Bearer', 'Bearer x', 'Basic YTpi', 'Digest', 'Bearer '.repeat(50)],
  Host: ['evil.example', '', '[::1', 'a b', '127.0.0.1:99999'],
};

/** Leaves out what no header can hold, unless that is the point. */
function headerText(text: string, random: Random): string {
  return random.chance(2) ? text : text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?');
}

function bendHeaders(random: Random, headers: Record<string, string>): string[] {
  const all = new Map(Object.entries(headers));
  for (let n = random.below(4); n > 0; n -= 1) {
    const name = random.pick(['Accept', ...Object.keys(oddHeaders)]);
    const values = oddHeaders[name] ?? [''];
    all.set(name, random.chance(85) ? random.pick(values) : headerText(textOf(random), random));
  }
  const lines = [...all].map(([name, value]) => `${name}: ${value}`);
  if (random.chance(2)) lines.push(`X-Long: ${'y'.repeat(random.pick([1000, 9000, 40_000]))}`);
  if (random.chance(1)) lines.push(...Array.from({ length: 300 }, (_, n) => `X-${n}: ${n}`));
  if (random.chance(1))
    lines.push(random.pick(['no colon', ': no name', ' folded', 'A\0B: c', 'Trailer: Host']));
  return lines;
}

const lengths = ['wrong', 'chunked', 'chunked', 'broken-chunks', 'twice', 'untold'] as const;

/** Bends a request: its line, its headers, its length, and where it ends. */
export function bend(random: Random, { method, target, headers, body }: Asked): Message {
  const version = random.chance(1) ? random.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'x', '']) : 'HTTP/1.1';
  const head = [`${method} ${target} ${version}`, ...bendHeaders(random, headers)];
  const length = random.chance(8) ? random.pick(lengths) : 'told';
  const message: Message = { head, body, length };
  if (!random.chance(3)) return message;
  const most = head.join('\r\n').length + body.length + 40;
  return { ...message, cutAt: random.below(most) };
}
