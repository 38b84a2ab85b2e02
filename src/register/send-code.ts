import type { Purpose } from '../challenges/challenge.ts';
import { createChallenge } from '../challenges/create.ts';
import type { Created } from '../challenges/message.ts';
import { sendAgain } from '../challenges/send-again.ts';
import { describeMask } from '../methods/mask.ts';
import { type AddressedMethod, channelOf } from '../methods/method.ts';
import { type GoTo, goTo, problem, type Refused } from '../web/page.ts';
import type { PersonVisit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';
import { authorisedUntil } from './authority.ts';

/** A step that ends in a code: what it is for, the name under which the session keeps it, and its code page. */
export interface CodeStep {
  purpose: Purpose;
  name: string;
  codePath: string;
}

/** The step that proves a method of one's own. */
export function stepOf(kind: AddressedMethod['kind']): CodeStep {
  return { purpose: 'register', name: kind, codePath: `/register/${kind}/code` };
}

function sentWords({ t }: PersonVisit, method: AddressedMethod): string {
  return t.register.said.sent[channelOf(method)](describeMask(t, method));
}

function wantedOf(visit: PersonVisit, step: CodeStep) {
  const { language, policy, address } = visit;
  const until = step.purpose === 'register' ? authorisedUntil(visit) : Number.MAX_SAFE_INTEGER;
  return { purpose: step.purpose, language, policy, address, authorisedUntil: until };
}

/** Says why no code went out. */
function refusalWords(visit: PersonVisit, created: Exclude<Created, { result: 'created' }>): string {
  const words = visit.t.register.code;
  switch (created.result) {
    case 'wait':
      return words.wait(waitWords(visit, created.until));
    case 'resting':
      return words.resting(waitWords(visit, created.until));
    case 'no-transport':
      return words.noTransport;
  }
}

/** Sends a code to a method and leads to the page where it is typed. */
export async function sendCode(
  visit: PersonVisit,
  step: CodeStep,
  method: AddressedMethod,
): Promise<GoTo | Refused> {
  const created = await createChallenge(visit.deps, visit.person, { ...wantedOf(visit, step), method });
  if (created.result !== 'created') return problem(null, refusalWords(visit, created));
  visit.session.challenges = { ...visit.session.challenges, [step.name]: created.challengeId };
  return goTo(step.codePath, sentWords(visit, method));
}

/** Sends the code of the step under way again; what was typed plays no part (S08). */
export async function sendCodeAgain(
  visit: PersonVisit,
  step: CodeStep,
  { id: challengeId, method }: { id: string; method: AddressedMethod },
): Promise<GoTo> {
  const created = await sendAgain(visit.deps, visit.person, { ...wantedOf(visit, step), challengeId });
  if (!created) return goTo(step.codePath, visit.t.register.said.nothingToSend);
  if (created.result !== 'created') return goTo(step.codePath, refusalWords(visit, created));
  visit.session.challenges = { ...visit.session.challenges, [step.name]: created.challengeId };
  return goTo(step.codePath, sentWords(visit, method));
}
