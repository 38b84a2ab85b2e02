import { z } from 'zod';
import { ownAct, recordEvent } from '../audit/audit.ts';
import { liftFailures } from '../challenges/code-limits.ts';
import { verifyChallenge } from '../challenges/verify.ts';
import { codeForm } from '../methods/code-form.ts';
import { describeMask } from '../methods/mask.ts';
import { type AddressedMethod, channelOf, destinationKey } from '../methods/method.ts';
import { provenKinds } from '../people/status.ts';
import { provenOf, readRegistrations } from '../registrations/registration.ts';
import { personPage } from '../web/form-page.ts';
import { goTo, problem, shown } from '../web/page.ts';
import { tryPassword } from '../web/password-check.ts';
import { renewSessionId } from '../web/session.ts';
import type { PersonVisit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';
import { authorisedUntil, needsIdentity, passwordStandsUntil } from './authority.ts';
import { challengeUnderWay, refusedCode } from './code-page.ts';
import { isOffered } from './rows.ts';
import { type CodeStep, sendCode } from './send-code.ts';

declare module '../web/views.ts' {
  interface Views {
    'register/confirm-identity': {
      /** What is asked now. */
      asks: 'password' | 'method';
      userName: string;
      methods: { kind: string; words: string }[];
    };
  }
}

/** The step that proves identity by a code to a method that is already proven. */
export const identityStep: CodeStep = {
  purpose: 'confirm-identity',
  name: 'identity',
  codePath: '/register/confirm-identity/code',
};

const text = z.string().catch('');
const form = z.object({ password: text, method: text });

function asks(visit: PersonVisit): 'password' | 'method' | 'nothing' {
  if (passwordStandsUntil(visit) <= visit.now) return 'password';
  return authorisedUntil(visit) > visit.now || !needsIdentity(visit) ? 'nothing' : 'method';
}

/** The methods that can confirm identity: proven, and enabled by the policy. */
async function provenMethods(visit: PersonVisit) {
  const { deps, person } = visit;
  const proven = provenOf(await readRegistrations({ db: deps.db, sealing: deps.secrets.sealing }, person.id));
  return proven.filter(({ method }) => isOffered(visit, method.kind));
}

/** Whether a method kept from an earlier request can still confirm identity: it may have been changed or removed. */
export async function confirmsIdentity(visit: PersonVisit, method: AddressedMethod): Promise<boolean> {
  const proven = (await provenMethods(visit)).find((one) => one.method.kind === method.kind);
  return proven !== undefined && destinationKey(proven.method) === destinationKey(method);
}

function nextStep(visit: PersonVisit): string {
  return visit.session.authorityFor ?? '/register';
}

async function takePassword(visit: PersonVisit, password: string) {
  const { t, person } = visit;
  if (password === '') return problem('password', t.problems['password-empty']);
  const tried = await tryPassword(visit, { userName: person.userName, password });
  if (tried.result === 'locked') return problem('password', t.signIn.locked(waitWords(visit, tried.until)));
  if (tried.result === 'wrong') return problem('password', t.register.identity.wrong);
  if (!('person' in tried)) return goTo('/sign-in');
  await renewSessionId(visit);
  visit.session.passwordAt = visit.deps.now();
  if (tried.result !== 'right') visit.session.mustChoosePassword = tried.result;
  return goTo(needsIdentity(visit) ? '/register/confirm-identity' : nextStep(visit));
}

async function takeMethod(visit: PersonVisit, kind: string) {
  const chosen = (await provenMethods(visit)).find(({ method }) => method.kind === kind);
  if (!chosen) return problem('method', visit.t.register.identity.chooseEmpty);
  return sendCode(visit, identityStep, chosen.method);
}

/** Asks for the password, and for a code to a proven method once the person is able to reset (S65). */
export const confirmIdentityPage = personPage({
  path: '/register/confirm-identity',
  view: 'register/confirm-identity',
  title: ({ t }) => t.register.identity.title,
  secret: ['password'],
  async show(visit) {
    const asked = asks(visit);
    if (asked === 'nothing') return goTo(nextStep(visit));
    const methods = (await provenMethods(visit))
      .toSorted((a, b) => provenKinds.indexOf(a.method.kind) - provenKinds.indexOf(b.method.kind))
      .map(({ method }) => ({
        kind: method.kind,
        words: `${visit.t.methods.names[method.kind]}, ${describeMask(visit.t, method)}`,
      }));
    return shown({ asks: asked, userName: visit.person.userName, methods });
  },
  form: () => form,
  async submit(visit, typed) {
    switch (asks(visit)) {
      case 'password':
        return takePassword(visit, typed.password);
      case 'method':
        return takeMethod(visit, typed.method);
      case 'nothing':
        return goTo(nextStep(visit));
    }
  },
});

/** The page on which the code that proves identity is typed. */
export const identityCodePage = personPage({
  path: identityStep.codePath,
  view: 'register/code',
  title: ({ t }) => t.register.identity.codeTitle,
  secret: ['code'],
  async show(visit) {
    const challenge = await challengeUnderWay(visit, identityStep);
    if (!challenge) return goTo('/register/confirm-identity');
    return shown({
      codePath: identityStep.codePath,
      mask: describeMask(visit.t, challenge.method),
      channel: channelOf(challenge.method),
      back: { path: '/register/confirm-identity', label: visit.t.register.identity.another },
    });
  },
  form: () => codeForm,
  async submit(visit, { code }) {
    const { deps, person, address, t } = visit;
    const challenge = await challengeUnderWay(visit, identityStep);
    if (challenge && !(await confirmsIdentity(visit, challenge.method)))
      return goTo('/register/confirm-identity', t.register.said.nothingToSend);
    const verified = await verifyChallenge(deps, person, {
      challengeId: visit.session.challenges?.[identityStep.name] ?? '',
      purpose: identityStep.purpose,
      code,
      address,
      async keep(tx, method) {
        await liftFailures(tx, person.id);
        await recordEvent(tx, deps.now(), {
          event: 'identity-confirmed',
          ...ownAct(person.id, address),
          details: { method: method.kind },
        });
      },
    });
    if (verified.result !== 'verified') return refusedCode(visit, verified);
    await renewSessionId(visit);
    visit.session.identityAt = deps.now();
    delete visit.session.challenges?.[identityStep.name];
    return goTo(nextStep(visit), t.register.identity.done);
  },
});
