import type { Pdu, Session } from 'smpp';
import { SendFailed, type Transport } from '../delivery.ts';
import type { Report } from '../reports/report.ts';
import { readReceipt } from './smpp-receipt.ts';
import { ask, openSession, type SmppAccount } from './smpp-session.ts';

/** SMPP 3.4 §5.1.3: what is wrong with the message itself, such as its length or its destination. */
const permanentStatuses = new Set([0x01, 0x0b, 0x50, 0x51]);
/** The letters of GSM 03.38, one septet each; others take two bytes. */
const plainLetters = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;
/** SMPP 3.4 §5.1.3: the receiver cannot take it now; the SMSC keeps it and comes again. */
const comeAgain = 0x64;
/** So many messages whose receipts may come before their own names are stored. */
const remembered = 10_000;
const gsm = 0x00;
const ucs2 = 0x08;

/**
 * Texts through an operator's own SMSC by SMPP 3.4, over one session that is kept and opened anew when it breaks, from a
 * URL such as `smpps://SYSTEM:PASSWORD@smsc.example.org?from=Sparekey`.
 */
export function makeSmppGateway(
  url: URL,
  { onReport }: { onReport?: (report: Report) => Promise<void> } = {},
): Transport {
  const account = accountOf(url);
  const from = sourceOf(url.searchParams.get('from') ?? '');
  const names = new Map<string, string>();
  const open: { session: Promise<Session> | undefined } = { session: undefined };

  function session(): Promise<Session> {
    open.session ??= openSession(account, takeReceipt).then((made) => {
      made.once('close', forget);
      return made;
    });
    open.session.catch(forget);
    return open.session;
  }
  function forget(): void {
    open.session = undefined;
  }

  async function takeReceipt(pdu: Pdu): Promise<number> {
    const read = readReceipt(pdu);
    if (!read || !onReport) return 0;
    const messageId = names.get(read.remoteId);
    const about = messageId === undefined ? { remoteId: read.remoteId } : { messageId };
    return onReport({ ...read.report, about }).then(
      () => 0,
      () => comeAgain,
    );
  }
  /** A receipt can come before the queue has written down what its message is called there. */
  function remember(remoteId: string | undefined, messageId: string): void {
    if (remoteId === undefined) return;
    names.delete(remoteId);
    names.set(remoteId, messageId);
    const [oldest] = names.size > remembered ? names.keys() : [];
    if (oldest !== undefined) names.delete(oldest);
  }

  return {
    async send(message, { messageId }) {
      if (message.channel !== 'text') throw new SendFailed(`SMPP carries no ${message.channel}`, true);
      const to = { dest_addr_ton: 1, dest_addr_npi: 1, destination_addr: message.to.replace('+', '') };
      const { command_status: status, message_id: remoteId } = await ask(await session(), 'submit_sm', {
        ...from,
        ...to,
        ...bodyOf(message.body),
        registered_delivery: 1,
      });
      if (status !== 0) throw new SendFailed(`SMPP submit ${status}`, permanentStatuses.has(status));
      remember(remoteId, messageId);
      return { remoteId };
    },
    async close() {
      (await open.session?.catch(() => undefined))?.destroy();
    },
  };
}

/** The account that an SMPP URL names. */
export function accountOf(url: URL): SmppAccount {
  const tls = url.protocol === 'smpps:';
  return {
    host: url.hostname,
    port: url.port === '' ? (tls ? 3550 : 2775) : Number(url.port),
    tls,
    systemId: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}

/** A name (alphanumeric), or a number in E.164. */
function sourceOf(from: string): Record<string, unknown> {
  const isNumber = /^\+?\d+$/.test(from);
  return {
    source_addr_ton: isNumber ? 1 : 5,
    source_addr_npi: isNumber ? 1 : 0,
    source_addr: from.replace('+', ''),
  };
}

/** What fits in one short message goes as one; more goes as a payload, which the SMSC cuts up. */
function bodyOf(body: string): Record<string, unknown> {
  const isPlain = plainLetters.test(body);
  const fits = body.length <= (isPlain ? 160 : 70);
  return {
    data_coding: isPlain ? gsm : ucs2,
    ...(fits ? { short_message: body } : { short_message: '', message_payload: body }),
  };
}
