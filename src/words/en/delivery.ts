import type { delivery as nl } from '../nl/delivery.ts';

/** What becomes of messages, for administrators. */
export const delivery: typeof nl = {
  whys: {
    refused: 'the number or address was refused',
    unreachable: 'nobody answered, or the phone could not be reached',
    'no-answer': 'the mail server or gateway gave no answer',
    'trouble-there': 'the mail server or gateway was out of order',
    'not-let-in': 'the mail server or gateway does not accept our credentials',
    insecure: 'the connection to the mail server could not be secured',
    'nothing-carries': 'nothing is set up that can send this message',
    'country-stopped': 'messages to this country are stopped',
    unforeseen: 'something unexpected went wrong',
  },
  message: 'Message',
  states: {
    waiting: 'waiting',
    sent: 'sent, not reported yet whether it arrived',
    delivered: 'arrived',
  },
  waits: (why) => `waiting: ${why}`,
  sent: {
    heading: 'Sent',
    key: 's sent',
    texts: 'Texts',
    calls: 'Calls',
    mails: 'Mails',
    today: 'today',
    month: 'this month',
  },
};
