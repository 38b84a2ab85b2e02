import { enqueueNotice } from '../delivery/queue.ts';
import type { Deps } from '../deps.ts';
import type { AddressedMethod } from '../methods/method.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import type { Db } from '../store/schema.ts';

/** What a person is told of, at every address known before and after. */
export type Change = Parameters<typeof enqueueNotice>[2]['notice'];

type To = Parameters<typeof enqueueNotice>[2]['to'];

function addressOf(method: AddressedMethod): To | undefined {
  if (method.kind === 'authentication-email') return { channel: 'mail', address: method.address };
  if (method.kind === 'authentication-phone' && method.channel === 'text')
    return { channel: 'text', address: method.number };
  return undefined;
}

/** The addresses a notice can go to: the work mailbox, mailboxes, and phones that take texts; each once. */
function addressesOf(person: Person, methods: AddressedMethod[]): To[] {
  const mailbox: To[] = person.workMailbox
    ? [{ channel: 'mail', address: person.workMailbox, name: person.displayName }]
    : [];
  const all = [...mailbox, ...methods.map(addressOf).filter((to) => to !== undefined)];
  return [...new Map(all.map((to) => [`${to.channel}:${to.address}`, to])).values()];
}

/**
 * Tells a person of a change at every known address, old and new (S49); in the transaction of the change. Gives how many
 * messages that made: none when nothing that is known of the person can take one.
 */
export async function notifyPerson(
  tx: Db,
  { now, secrets, carries }: Deps,
  told: { person: Person; policy: Policy; methods: AddressedMethod[]; notice: Change },
): Promise<number> {
  const { person, policy, notice } = told;
  const reached = addressesOf(person, told.methods).filter(({ channel }) => carries.has(channel));
  for (const to of reached) {
    const language = person.language ?? policy.defaultLanguage;
    await enqueueNotice(tx, { now, sealing: secrets.sealing }, { personId: person.id, to, language, notice });
  }
  return reached.length;
}
