import { z } from 'zod';
import { type Challenge, findChallenge, findLiveChallenge } from '../challenges/challenge.ts';
import { type Verified, verifyChallenge } from '../challenges/verify.ts';
import { codeForm } from '../methods/code-form.ts';
import { describeMask } from '../methods/mask.ts';
import type { AddressedMethod, Channel } from '../methods/method.ts';
import { channelOf } from '../methods/method.ts';
import type { ProvenKind } from '../people/status.ts';
import { registerMethod } from '../registrations/register-method.ts';
import { personPage } from '../web/form-page.ts';
import { doing, type GoTo, goTo, type Page, problem, type Refused, shown } from '../web/page.ts';
import { renewSessionId } from '../web/session.ts';
import type { PersonVisit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';
import { askAuthority, needsIdentity } from './authority.ts';
import { mayProve } from './may-prove.ts';
import { isOffered, rowId } from './rows.ts';
import { type CodeStep, sendCodeAgain, stepOf } from './send-code.ts';

declare module '../web/views.ts' {
  interface Views {
    'register/code': {
      codePath: string;
      /** What the code went to, in words. */
      mask: string;
      channel: Channel;
      /** Where another number or address can be given. */
      back: { path: string; label: string };
    };
  }
}

/**
 * The challenge of the step under way: the session's newest. A session that began after the code was sent (the one
 * before had ended) goes on with the code that is still live, so that nobody waits for a second one.
 */
export function challengeUnderWay({ deps, person, session }: PersonVisit, { purpose, name }: CodeStep) {
  const id = session.challenges?.[name];
  return id === undefined
    ? findLiveChallenge(deps, person.id, { method: name, purpose })
    : findChallenge(deps, person.id, { id, purpose });
}

/** Says why a code was not taken. */
export function refusedCode(
  visit: PersonVisit,
  verified: Exclude<Verified, { result: 'verified' }>,
): Refused | GoTo {
  const words = visit.t.register.code;
  switch (verified.result) {
    case 'incorrect':
      return problem('code', words.incorrect(verified.triesLeft));
    case 'resting':
      return problem('code', words.resting(waitWords(visit, verified.until)));
    case 'spent':
    case 'expired':
    case 'replaced':
    case 'unknown':
      return problem('code', words[verified.result]);
    case 'lapsed':
      return askAuthority(visit) ?? problem('code', words.expired);
    case 'ended':
      return goTo('/register');
  }
}

/**
 * A code to a method just proven says as much as one asked for again: who becomes able to reset on the way is not
 * stopped halfway. Before that the password alone was enough, so nothing is gained by it (S65).
 */
async function countAsIdentity(visit: PersonVisit): Promise<void> {
  if (needsIdentity(visit)) return;
  await renewSessionId(visit);
  visit.session.identityAt = visit.deps.now();
}

async function keepProven(
  visit: PersonVisit,
  kind: ProvenKind,
  { code, challengeId }: { code: string; challengeId: string },
): Promise<GoTo | Refused> {
  const step = stepOf(kind);
  const verified = await verifyChallenge(visit.deps, visit.person, {
    challengeId,
    purpose: step.purpose,
    code,
    address: visit.address,
    keep: (tx, method: AddressedMethod) => registerMethod(tx, visit.deps, { ...doing(visit), method }),
  });
  if (verified.result !== 'verified') return refusedCode(visit, verified);
  await countAsIdentity(visit);
  delete visit.session.challenges?.[step.name];
  return goTo('/register', visit.t.register.said.ready(visit.t.methods.names[kind]));
}

/** The page on which the code that went to a method is typed. */
export function codePage(kind: ProvenKind): Page {
  const step = stepOf(kind);
  return personPage({
    path: step.codePath,
    view: 'register/code',
    row: () => rowId(kind),
    title: ({ t }) => t.register.code.title[kind],
    secret: ['code'],
    async show(visit) {
      const challenge = await challengeUnderWay(visit, step);
      if (!challenge || !isOffered(visit, kind)) return goTo(`/register/${kind}`);
      return shown({
        codePath: step.codePath,
        mask: describeMask(visit.t, challenge.method),
        channel: channelOf(challenge.method),
        back: { path: `/register/${kind}`, label: visit.t.register.code.another[kind] },
      });
    },
    form: () => codeForm,
    async submit(visit, { code }) {
      const challenge = await challengeUnderWay(visit, step);
      if (challenge && !mayProve(visit, challenge.method))
        return goTo(`/register/${kind}`, visit.t.register.said.nothingToSend);
      return keepProven(visit, kind, { code, challengeId: challenge?.id ?? '' });
    },
  });
}

/** The checks made at a step stand while its code lives; for another code they must stand by themselves. */
function askForAgain(visit: PersonVisit, { purpose, codePath }: CodeStep, challenge: Challenge) {
  const carried = challenge.endedAs === null && challenge.authorisedUntil > visit.now;
  return carried || purpose !== 'register' ? undefined : askAuthority(visit, codePath);
}

/** Whether a code to this method is still of use to the step. */
export type StillUseful = (visit: PersonVisit, method: AddressedMethod) => boolean | Promise<boolean>;

/** Posts only: sends the code of a step again, if it is still of use. */
export function codeAgainPage(step: CodeStep, isUseful: StillUseful, row?: string): Page {
  return personPage({
    path: `${step.codePath}/again`,
    view: 'register/code',
    ...(row === undefined ? {} : { row: () => row }),
    title: ({ t }) => t.register.code.label,
    show: async () => goTo(step.codePath),
    form: () => z.object({}),
    async submit(visit) {
      const challenge = await challengeUnderWay(visit, step);
      if (!challenge || !(await isUseful(visit, challenge.method)))
        return goTo(step.codePath, visit.t.register.said.nothingToSend);
      return askForAgain(visit, step, challenge) ?? sendCodeAgain(visit, step, challenge);
    },
  });
}
