import { z } from 'zod';
import { type Outgoing, SendFailed, type Transport } from '../delivery.ts';
import { post } from './post.ts';
import { priceIn } from './price.ts';

/** Twilio's numbers for faults of the message itself: trying again changes nothing. */
const permanentFaults = new Set([21211, 21214, 21217, 21408, 21610, 21612, 21614, 13223, 13224, 13225]);

const faultSchema = z.object({ code: z.int() });

type PhoneMessage = Exclude<Outgoing, { channel: 'mail' }>;

/**
 * Texts and calls through Twilio's REST API or one that speaks it, from a URL such as
 * `twilio://ACCOUNT:TOKEN@api.twilio.com?from=+31…` (`twilio+http:` for a gateway on this machine). Below `reportsUrl` it
 * is asked to tell what became of each message.
 */
export function makeTwilioGateway(
  url: URL,
  { reportsUrl }: { reportsUrl?: string | undefined } = {},
): Transport {
  const [account, token] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const scheme = url.protocol === 'twilio+http:' ? 'http' : 'https';
  const root = `${scheme}://${url.host}/2010-04-01/Accounts/${encodeURIComponent(account)}`;
  const from = url.searchParams.get('from') ?? '';
  const headers = {
    Authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  return {
    async send(message, { messageId }) {
      if (message.channel === 'mail') throw new SendFailed('Twilio carries no mail', true);
      const resource = message.channel === 'text' ? 'Messages' : 'Calls';
      const report = reportsUrl && { StatusCallback: `${reportsUrl}/twilio?message=${messageId}` };
      const fields = { To: message.to, From: from, ...fieldsOf(message), ...report };
      const body = new URLSearchParams(fields).toString();
      const { status, json } = await post(`${root}/${resource}.json`, { headers, body });
      if (status >= 200 && status < 300) return { price: priceIn(json) };
      throw asFailure(status, json);
    },
    close: async () => {},
  };
}

function fieldsOf(message: PhoneMessage): Record<string, string> {
  if (message.channel === 'text') return { Body: message.body };
  const { language, body, extension } = message;
  // Each w is half a second's wait before the extension is dialled.
  return {
    Twiml: spokenOf(language, body),
    ...(extension === null ? {} : { SendDigits: `wwww${extension}` }),
  };
}

/** The words of a call: a breath first, since the phone is still on its way to the ear. */
function spokenOf(language: string, body: string): string {
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
  return `<Response><Pause length="1"/><Say language="${locale}">${escapeXml(body)}</Say></Response>`;
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
}

function asFailure(status: number, json: unknown): SendFailed {
  const fault = faultSchema.safeParse(json);
  if (!fault.success) return new SendFailed(`Twilio ${status}`, false);
  const permanent = status === 400 && permanentFaults.has(fault.data.code);
  return new SendFailed(`Twilio ${status} ${fault.data.code}`, permanent);
}
