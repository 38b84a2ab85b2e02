import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** The door could not be reached: nobody there, no right to it, a certificate nobody vouches for, or the line broke. */
export class DoorClosed extends Error {
  override readonly name = 'DoorClosed';
  readonly why: 'not-running' | 'not-allowed' | 'untrusted' | 'lost';
  readonly path: string;
  constructor(why: DoorClosed['why'], path: string) {
    super(`${why}: ${path}`);
    this.why = why;
    this.path = path;
  }
}

/** The door refused what was asked; the sentence is in the asker's language. */
export class DoorRefused extends Error {
  override readonly name = 'DoorRefused';
  readonly problem: string;
  readonly field: string | undefined;
  constructor(refusal: { problem: string; field?: string | undefined; message: string }) {
    super(refusal.message);
    this.problem = refusal.problem;
    this.field = refusal.field;
  }
}

/** Gives an answer as it streams in; throws `DoorRefused` on a refusal, and `DoorClosed` when the line breaks. */
export async function answerOf(answer: IncomingMessage, path: string): Promise<Response> {
  const { statusCode: status = 502, headers } = answer;
  if (status >= 400) {
    const told = await text(answer).catch((error: unknown) => {
      throw closedBy(error, path);
    });
    throw new DoorRefused(refusalIn(told));
  }
  const type = headers['content-type'];
  const init = { status, headers: type === undefined ? {} : { 'content-type': type } };
  return new Response(status === 204 ? null : streamOf(answer, path), init);
}

function streamOf(answer: IncomingMessage, path: string): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Buffer> = answer[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await chunks.next().catch((error: unknown) => {
        throw closedBy(error, path);
      });
      if (next.done) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    async cancel() {
      answer.destroy();
    },
  });
}

const nobodyThere = ['ENOENT', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ETIMEDOUT'];

/** Says what a failure of the line means; what is no such failure stays what it is. */
export function closedBy(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === undefined || error instanceof DoorClosed) return error;
  if (nobodyThere.includes(code)) return new DoorClosed('not-running', path);
  if (code === 'EACCES' || code === 'EPERM') return new DoorClosed('not-allowed', path);
  return new DoorClosed(/CERT|VERIFY|SELF_SIGNED/.test(code) ? 'untrusted' : 'lost', path);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function refusalIn(told: string): { problem: string; field?: string; message: string } {
  const parsed: object = Object(parseJson(told));
  const read = (name: string) => {
    const value: unknown = Reflect.get(parsed, name);
    return typeof value === 'string' ? value : undefined;
  };
  const field = read('field');
  return {
    problem: read('problem') ?? 'failed',
    message: read('message') ?? told,
    ...(field ? { field } : {}),
  };
}

function parseJson(told: string): unknown {
  try {
    return JSON.parse(told);
  } catch {
    return {};
  }
}
