import type { Lane } from './lane.ts';
import type { Message } from './message.ts';
import { anyJson, type Making, memberOf, ofSchema } from './of-schema.ts';
import type { Random } from './random.ts';
import { anyMethod, bend } from './shape.ts';
import { escapedOf, textOf } from './texts.ts';
import type { Answer, Door } from './wire.ts';

/** A route of the document. */
export interface AdminRoute {
  method: string;
  path: string;
  described: unknown;
}

/** Every route of the administrators' document. */
export function routesIn(document: unknown): AdminRoute[] {
  return Object.entries(Object(memberOf(document, 'paths'))).flatMap(([path, methods]) =>
    Object.entries(Object(methods)).map(([method, described]) => ({
      method: method.toUpperCase(),
      path,
      described,
    })),
  );
}

/** What a lane of the administrators' door starts from. */
export interface AdminStart {
  name: string;
  door: Door;
  document: unknown;
  /** Gives a token that is good now. */
  enter(): Promise<string>;
  /** Ids and names that are there, to get past the first look. */
  known: readonly string[];
  /** Ids and names never to be named. */
  spared: readonly string[];
}

/** An administrator or script before the second door: bodies and queries of the document's own shapes, bent. */
export class AdminLane implements Lane {
  readonly #start: AdminStart;
  readonly #routes: AdminRoute[];
  readonly #met = new Set<string>();
  #token = '';
  #refused = 0;

  constructor(start: AdminStart) {
    this.#start = start;
    this.#routes = routesIn(start.document);
  }

  get name(): string {
    return this.#start.name;
  }

  get door(): Door {
    return this.#start.door;
  }

  async renew(): Promise<void> {
    this.#token = await this.#start.enter();
    this.#refused = 0;
  }

  isStale(): boolean {
    return this.#refused > 10;
  }

  make(random: Random): Message {
    const route = this.#routes[random.below(this.#routes.length)];
    if (!route) throw new Error('the document has no routes');
    const method = random.chance(85) ? route.method : anyMethod(random);
    const target = this.#path(random, route) + this.#query(random, route);
    const body = this.#body(random, route);
    const type = random.chance(94)
      ? this.#type(route)
      : random.pick(['text/plain', 'x', '', 'application/xml']);
    const headers = {
      Host: 'localhost',
      ...(random.chance(96) ? { Authorization: `Bearer ${this.#token}` } : {}),
      ...(body.length > 0 ? { 'Content-Type': type } : {}),
    };
    return bend(random, { method, target, headers, body });
  }

  take({ status, body }: Answer): void {
    this.#refused = status === 401 ? this.#refused + 1 : 0;
    for (const [, id = ''] of body.matchAll(/"(?:id|userName|name|next|code)":"([^"\\]{1,40})"/g))
      if (this.#met.size < 200 && !this.#start.spared.some((spared) => id.includes(spared)))
        this.#met.add(id);
  }

  get #making(): Making {
    const parts = memberOf(memberOf(this.#start.document, 'components'), 'schemas');
    return { parts, known: [...this.#start.known, ...this.#met] };
  }

  #path(random: Random, { path }: AdminRoute): string {
    const { known } = this.#making;
    const filled = path.replace(/\{\w+\}/g, () => {
      const id = random.chance(60) ? known[random.below(known.length)] : undefined;
      return escapedOf(random, id ?? (textOf(random) || 'x'));
    });
    return random.chance(96)
      ? filled
      : random.pick([`${filled}/`, `/${filled}`, filled.toUpperCase(), `${filled}%00`]);
  }

  #query(random: Random, { described }: AdminRoute): string {
    const parameters: unknown = memberOf(described, 'parameters');
    const asked = (Array.isArray(parameters) ? parameters : [])
      .filter((one: unknown) => memberOf(one, 'in') === 'query' && random.chance(50))
      .map((one: unknown) => {
        const value = ofSchema(random, memberOf(one, 'schema'), this.#making);
        const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
        return `${memberOf(one, 'name')}=${escapedOf(random, text.slice(0, 2000))}`;
      });
    if (random.chance(4)) asked.push(`${escapedOf(random, textOf(random))}=1`);
    return asked.length === 0 ? '' : `?${asked.join('&')}`;
  }

  #content({ described }: AdminRoute): [string, unknown][] {
    return Object.entries(Object(memberOf(memberOf(described, 'requestBody'), 'content')));
  }

  #type(route: AdminRoute): string {
    return this.#content(route)[0]?.[0] ?? 'application/json';
  }

  #body(random: Random, route: AdminRoute): Buffer {
    const [content] = this.#content(route);
    if (!content && random.chance(95)) return Buffer.alloc(0);
    if (content?.[0] === 'text/csv') return csvOf(random);
    if (random.chance(2)) return Buffer.from(Array.from({ length: 50 }, () => random.below(256)));
    if (random.chance(1)) return Buffer.from('['.repeat(random.pick([10_000, 100_000])));
    if (random.chance(1)) return Buffer.alloc(random.pick([200_000, 300_000, 2_000_000]), '"a');
    const value = content ? ofSchema(random, memberOf(content[1], 'schema'), this.#making) : anyJson(random);
    const json = JSON.stringify(value) ?? '';
    if (random.chance(3)) return Buffer.from(json.slice(0, random.below(json.length + 1)));
    return Buffer.from(random.chance(3) ? json.replace('{', '{"__proto__":{"role":"administrator"},') : json);
  }
}

/** A file to import: a head that is right or nearly, and rows of anything. */
function csvOf(random: Random): Buffer {
  const separator = random.pick([',', ';', '\t', '|']);
  const head = [
    'user name',
    'name',
    'language',
    'work mailbox',
    'office phone',
    'groups',
    'phone',
    'consent',
  ];
  const cell = () =>
    random.chance(30) ? `"${textOf(random).replaceAll('"', '""')}"` : textOf(random).slice(0, 200);
  const rows = Array.from({ length: random.below(6) }, () =>
    Array.from({ length: 1 + random.below(9) }, cell).join(separator),
  );
  const text = [head.slice(0, 1 + random.below(8)).join(separator), ...rows].join(
    random.pick(['\n', '\r\n', '\r']),
  );
  return random.chance(10)
    ? Buffer.from(`\ufeff${text}`, 'utf16le')
    : Buffer.from(text, random.pick(['utf8', 'latin1']));
}
