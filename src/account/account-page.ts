import { z } from 'zod';
import { describeMask } from '../methods/mask.ts';
import { formatPhone } from '../methods/phone-number.ts';
import { provenKinds } from '../people/status.ts';
import { readAnswers } from '../registrations/answers.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, shown } from '../web/page.ts';
import type { PersonVisit } from '../web/visit.ts';
import { dateWords, momentWords } from '../web/waiting.ts';
import { readOwnEvents } from './events.ts';
import { endOtherSession, endOtherSessions, readOpenSessions } from './sessions.ts';

declare module '../web/views.ts' {
  interface Views {
    'account/account': {
      facts: string[];
      methods: string[];
      hasAnswers: boolean;
      sessions: { handle: string; own: boolean; name: string; when: string; used: string }[];
      events: { when: string; what: string }[];
    };
  }
}

const form = z.object({ session: z.string().max(50).catch(''), others: z.string().catch('') });

/** Who the person is, as far as Sparekey knows; what is not known is left out. */
function factsOf({ person, t }: PersonVisit): string[] {
  const words = t.account.facts;
  const office = person.officePhone ? formatPhone(person.officePhone.number) : person.officePhoneText;
  return [
    words.userName(person.userName),
    words.name(person.displayName),
    ...(person.workMailbox === null
      ? []
      : [words.workMailbox(describeMask(t, { kind: 'authentication-email', address: person.workMailbox }))]),
    ...(office === null ? [] : [words.officePhone(office)]),
    ...(person.groups.length === 0 ? [] : [words.groups(person.groups.toSorted().join(', '))]),
  ];
}

async function readMethods(visit: PersonVisit): Promise<{ methods: string[]; hasAnswers: boolean }> {
  const { deps, person, t } = visit;
  const words = t.account.methods;
  const { registrations, unreadable } = visit.methods;
  const answers = await readAnswers(deps.db, person.id);
  const addressed = provenKinds.flatMap((kind) => {
    const one = registrations[kind];
    if (!one) return [];
    const what = `${t.methods.names[kind]}, ${describeMask(t, one.method)}`;
    if (one.provenAt === null || one.checkedAt === null) return [words.filledIn(what)];
    const [since, checked] = [dateWords(visit, one.provenAt), dateWords(visit, one.checkedAt)];
    return [since === checked ? words.provenOnce(what, since) : words.proven(what, since, checked)];
  });
  const lost = unreadable.map(({ kind }) => `${t.methods.names[kind]}, ${t.methods.masks.unreadable}`);
  const [given] = answers.map(({ givenAt }) => givenAt).toSorted((a, b) => b - a);
  const questions = given === undefined ? [] : [words.questions(answers.length, dateWords(visit, given))];
  return { methods: [...addressed, ...lost, ...questions], hasAnswers: answers.length > 0 };
}

/** What Sparekey knows about the person: methods, sessions open now, recent events; from here to all the rest. */
export const accountPage = personPage({
  path: '/account',
  view: 'account/account',
  title: ({ t }) => t.account.title,
  async show(visit) {
    const sessions = await readOpenSessions(visit);
    return shown({
      facts: factsOf(visit),
      ...(await readMethods(visit)),
      sessions: sessions.map(({ handle, own, browser, signedInAt, lastUsedAt }) => ({
        handle,
        own,
        name: browser === '' ? visit.t.account.sessions.unknown : browser,
        when: momentWords(visit, signedInAt),
        used: momentWords(visit, lastUsedAt),
      })),
      events: await readOwnEvents(visit),
    });
  },
  form: () => form,
  async submit(visit, { session, others }) {
    const said = visit.t.account.said;
    if (others !== '')
      return (await endOtherSessions(visit)) ? goTo('/account', said.othersEnded) : goTo('/account');
    if (session === '') return goTo('/account');
    const ended = await endOtherSession(visit, session);
    return goTo('/account', ended ? said.ended : said.notThere);
  },
});
