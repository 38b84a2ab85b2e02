import { z } from 'zod';
import { ownAct, recordEvent } from '../audit/audit.ts';
import { listEvents } from '../audit/list-events.ts';
import { placeOf } from '../notices/place.ts';
import { questionText, readQuestions } from '../questions/questions.ts';
import { readAnswers } from '../registrations/answers.ts';
import { personPage } from '../web/form-page.ts';
import { shown } from '../web/page.ts';
import type { PersonVisit } from '../web/visit.ts';
import { checkOwnPassword } from './own-password.ts';
import { readOpenSessions } from './sessions.ts';

declare module '../web/views.ts' {
  interface Views {
    'account/download': Record<never, never>;
  }
}

const mostEvents = 5000;
const form = z.object({ password: z.string().max(1000, 'password-too-long').catch('') });

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

function methodsOf(visit: PersonVisit) {
  const { registrations, unreadable } = visit.methods;
  return [...Object.values(registrations), ...unreadable].map((each) => {
    const { provenAt, checkedAt, consent } = each;
    return {
      ...('method' in each ? each.method : { kind: each.kind, unreadable: true }),
      provenAt: time(provenAt),
      checkedAt: time(checkedAt),
      consent: consent && { givenBy: consent.givenBy, givenAt: time(consent.givenAt), how: consent.how },
    };
  });
}

async function readOwnQuestions({ deps, person, language }: PersonVisit) {
  const known = await readQuestions(deps.db);
  return (await readAnswers(deps.db, person.id)).map(({ questionId, givenAt, checkedAt }) => {
    const question = known.find(({ id }) => id === questionId);
    return {
      question: question ? questionText(question, language) : null,
      givenAt: time(givenAt),
      checkedAt: time(checkedAt),
    };
  });
}

/** From where others did something is told by the beginning of their address only. */
async function readEvents({ deps, person }: PersonVisit) {
  const events = await listEvents(deps.db, { subject: person.id }, { limit: mostEvents });
  return events.map(({ at, event, outcome, actorKind, address, details }) => ({
    at: time(at),
    event,
    outcome,
    by: actorKind,
    from: actorKind === 'person' ? address : placeOf(address),
    details,
  }));
}

/** Everything that is kept about the person and can be read: not the answers, which only show on their own page. */
async function readAll(visit: PersonVisit) {
  const { person } = visit;
  const { userName, displayName, language, workMailbox, groups } = person;
  const officePhone = person.officePhone ?? person.officePhoneText;
  const sessions = await readOpenSessions(visit);
  return {
    person: { userName, displayName, language, workMailbox, officePhone, groups },
    dates: {
      appearedAt: time(person.appearedAt),
      lastSignInAt: time(person.lastSignInAt),
      lastCheckAt: time(person.lastCheckAt),
      demandedAt: time(person.demandedAt),
      postponedUntil: time(person.postponedUntil),
    },
    methods: methodsOf(visit),
    questions: await readOwnQuestions(visit),
    sessions: sessions.map(({ browser, own, signedInAt, lastUsedAt }) => ({
      browser,
      own,
      signedInAt: time(signedInAt),
      lastUsedAt: time(lastUsedAt),
    })),
    events: await readEvents(visit),
  };
}

/** Gives all that is kept about the person as one file, after the password is typed again. */
export const downloadPage = personPage({
  path: '/account/download',
  view: 'account/download',
  title: ({ t }) => t.account.download.title,
  secret: ['password'],
  show: async () => shown({}),
  form: () => form,
  async submit(visit, { password }) {
    const refused = await checkOwnPassword(visit, password);
    if (refused) return refused;
    const { deps, person, address } = visit;
    await recordEvent(deps.db, deps.now(), { event: 'data-downloaded', ...ownAct(person.id, address) });
    const body = `${JSON.stringify(await readAll(visit), null, 2)}\n`;
    return { result: 'file', name: 'sparekey.json', type: 'application/json', body };
  },
});
