import type { Deps } from '../deps.ts';
import { type Limit, takeFromLimits } from '../limits/limits.ts';
import type { Db } from '../store/schema.ts';
import { notifyPerson } from './notify.ts';
import type { Doing } from './register-method.ts';
import { provenOf, readRegistrations } from './registration.ts';

const hour = 3_600_000;

/** Answers can be changed as often as one likes; the messages that tell of it cost money (S46). */
const noticeLimits: Limit[] = [
  { name: 'question-notices-hour', most: 3, within: hour },
  { name: 'question-notices-day', most: 10, within: 24 * hour },
];

/** Tells a person at every known address that the questions changed, in the transaction of the change. */
export async function tellOfQuestions(
  tx: Db,
  deps: Deps,
  { person, policy }: Omit<Doing, 'address'>,
): Promise<void> {
  const counted = noticeLimits.map((limit) => ({ limit, subject: person.id }));
  if ((await takeFromLimits(tx, deps.now(), counted)).result === 'full') return;
  const proven = provenOf(await readRegistrations({ db: tx, sealing: deps.secrets.sealing }, person.id));
  const notice = { kind: 'questions-changed', at: deps.now() } as const;
  await notifyPerson(tx, deps, { person, policy, methods: proven.map(({ method }) => method), notice });
}
