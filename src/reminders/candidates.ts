import { z } from 'zod';
import { listOverdue, type OverdueAsked, type OverduePerson } from '../people/list-overdue.ts';
import type { OverdueReason } from '../people/overdue.ts';
import { day } from '../people/status.ts';
import type { Policy } from '../policy/policy.ts';
import type { Db } from '../store/schema.ts';
import type { Duty, Reminded } from './schedule.ts';

/** Somebody who may be reminded; the mailbox as it is sealed. */
export interface Candidate {
  personId: string;
  displayName: string;
  language: string | null;
  workMailbox: string | null;
  reason: OverdueReason;
  duty: Duty;
  reminded: Reminded | null;
}

const pageSize = 1000;

const rowSchema = z.object({
  id: z.string(),
  user_name: z.string(),
  display_name: z.string(),
  language: z.string().nullable(),
  work_mailbox: z.string().nullable(),
  for_due: z.number().nullable(),
  count: z.number().nullable(),
  last_at: z.number().nullable(),
});

type Row = z.infer<typeof rowSchema>;

/** Reads who may be reminded page by page, so that a million take no more memory than one page. */
export async function* candidatePages(
  db: Db,
  asked: Omit<OverdueAsked, 'query'>,
  filter: Pick<OverdueAsked['query'], 'reason' | 'group' | 'prefix'>,
): AsyncGenerator<Candidate[]> {
  let after: string | null = '';
  while (after !== null) {
    const query: OverdueAsked['query'] = { sort: 'since', order: 'asc', after, limit: pageSize, ...filter };
    const page = await listOverdue(db, { ...asked, query });
    if (!page) return;
    yield await readCandidates(db, asked.terms.policy, page.people);
    after = page.next;
  }
}

async function readCandidates(
  db: Db,
  policy: Policy,
  people: readonly OverduePerson[],
): Promise<Candidate[]> {
  if (people.length === 0) return [];
  const names = people.map(({ userName }) => userName);
  const found = await db
    .selectFrom('people')
    .leftJoin('reminders', 'reminders.person_id', 'people.id')
    .select(['id', 'user_name', 'display_name', 'language', 'work_mailbox', 'for_due', 'count', 'last_at'])
    .where('user_name', 'in', names)
    .execute();
  const rows = new Map(found.map((row) => [row.user_name, rowSchema.parse(row)]));
  return people.flatMap((person) => {
    const row = rows.get(person.userName);
    return row ? [candidateOf(policy, person, row)] : [];
  });
}

function candidateOf(policy: Policy, { reason, since }: OverduePerson, row: Row): Candidate {
  const { for_due: forDue, count, last_at: lastAt } = row;
  return {
    personId: row.id,
    displayName: row.display_name,
    language: row.language,
    workMailbox: row.work_mailbox,
    reason,
    duty: { due: since, askedAt: since - daysFor(policy, reason) * day },
    reminded: forDue === null || count === null || lastAt === null ? null : { forDue, count, lastAt },
  };
}

function daysFor({ registerWithinDays, checkAgainAfterDays }: Policy, reason: OverdueReason): number {
  switch (reason) {
    case 'demanded':
      return 0;
    case 'check-due':
      return checkAgainAfterDays;
    default:
      return registerWithinDays;
  }
}
