import type { Pdu } from 'smpp';
import type { Report } from '../reports/report.ts';

/** SMPP 3.4 §5.2.12: bits 2 to 5 of the class say what a message is; this one is an SMSC's delivery receipt. */
const kindBits = 0x3c;
const receipt = 0x04;
/** SMPP 3.4 §5.2.28, in the words of appendix B. */
const states: Readonly<Record<number, string>> = {
  2: 'DELIVRD',
  3: 'EXPIRED',
  4: 'DELETED',
  5: 'UNDELIV',
  8: 'REJECTD',
};
const ends: ReadonlySet<string> = new Set(Object.values(states));

/** Reads an SMSC's receipt; undefined for anything else, and while the message is still on its way. */
export function readReceipt(pdu: Pdu): { remoteId: string; report: Omit<Report, 'about'> } | undefined {
  if ((Number(pdu.esm_class) & kindBits) !== receipt) return undefined;
  const text = textOf(pdu.short_message);
  const remoteId = fieldOf(pdu.receipted_message_id) ?? /\bid:\s*([\w-]{1,65})/i.exec(text)?.[1];
  const stated =
    states[Number(pdu.message_state)] ?? /\bstat:\s*([A-Z]{4,8})/i.exec(text)?.[1]?.toUpperCase();
  if (remoteId === undefined || stated === undefined || !ends.has(stated)) return undefined;
  const isDelivered = stated === 'DELIVRD';
  return {
    remoteId,
    report: {
      result: isDelivered ? 'delivered' : 'undelivered',
      reason: isDelivered ? null : `SMPP receipt ${stated}`,
    },
  };
}

function fieldOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,65}$/.test(value) ? value : undefined;
}

function textOf(value: unknown): string {
  const message: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'message') : value;
  if (Buffer.isBuffer(message)) return message.toString('latin1').slice(0, 500);
  return typeof message === 'string' ? message.slice(0, 500) : '';
}
