import { SendFailed } from '../delivery.ts';

const patience = 10_000;
const longestAnswer = 64 * 1024;

/** What a gateway answered: its status, and its body where that is JSON, else null. */
export interface Answer {
  readonly status: number;
  readonly json: unknown;
}

/**
 * Posts a body and reads the answer, within 10 s and without following redirects (S59). Whatever keeps an answer away is
 * a failure for now; its text names the kind only.
 */
export async function post(
  url: string,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<Answer> {
  const signal = AbortSignal.timeout(patience);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal });
    return { status: response.status, json: asJson(await readText(response)) };
  } catch (error) {
    throw new SendFailed(`no answer (${kindOf(error)})`, false);
  }
}

/** A gateway that answers without end is read no further than an answer can be long. */
async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestAnswer) break;
  }
  return text;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name;
}
