import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** A browser as small as can be: cookies and forms, one page after the other. */
export class Client {
  readonly url: string;
  readonly address: string;
  readonly cookies = new Map<string, string>();
  path = '';
  html = '';

  constructor(url: string, address: string) {
    this.url = url;
    this.address = address;
  }

  get cookieLine(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get csrf(): string {
    return /name="csrf" value="([^"]*)"/.exec(this.html)?.[1] ?? '';
  }

  async open(path: string): Promise<this> {
    return this.#go('GET', path);
  }

  /** Posts fields with the token of the page shown, and follows where that leads. */
  async post(path: string, fields: Record<string, string>): Promise<this> {
    return this.#go('POST', path, new URLSearchParams({ csrf: this.csrf, ...fields }).toString());
  }

  async #go(method: 'GET' | 'POST', path: string, body?: string): Promise<this> {
    const { status, location } = await this.#send(method, path, body);
    this.path = path;
    if (status >= 400) throw new Error(`${status} at ${path}`);
    if (location === undefined) return this;
    const next = new URL(location, this.url);
    return this.#go('GET', next.pathname + next.search);
  }

  #send(
    method: string,
    path: string,
    body?: string,
  ): Promise<{ status: number; location: string | undefined }> {
    const { promise, resolve, reject } = Promise.withResolvers<{
      status: number;
      location: string | undefined;
    }>();
    const headers = {
      Cookie: this.cookieLine,
      'X-Forwarded-For': this.address,
      ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
    };
    const sent = request(new URL(path, this.url), { method, headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      for (const line of answer.headers['set-cookie'] ?? []) this.#keep(line);
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        this.html = Buffer.concat(chunks).toString();
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location });
      });
    });
    sent.on('error', reject);
    sent.end(body);
    return promise;
  }

  #keep(line: string): void {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
