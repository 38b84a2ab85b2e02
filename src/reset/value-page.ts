import { z } from 'zod';
import { emailForm } from '../methods/email-form.ts';
import { type AddressedMethod, channelOf } from '../methods/method.ts';
import { parseOfficePhone } from '../methods/office-phone.ts';
import { phoneForm } from '../methods/phone-form.ts';
import { addProblem } from '../methods/problem.ts';
import { typedText } from '../methods/typed-text.ts';
import { openCountries } from '../policy/policy.ts';
import { readAsk } from '../resets/ask.ts';
import { type Asked, askAgain, askCode } from '../resets/ask-code.ts';
import { type GoTo, goTo, type Page, problem, type Refused, shown } from '../web/page.ts';
import type { Visit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';
import { choicesOf } from './methods-page.ts';
import { sendSoon, stepPage, type UnderWay } from './step.ts';

declare module '../web/views.ts' {
  interface Views {
    'reset/authentication-phone': { channels: readonly ('text' | 'call')[] };
    'reset/authentication-email': Record<never, never>;
    'reset/office-phone': Record<never, never>;
  }
}

/** The methods that a code goes to. */
export type AddressedKind = AddressedMethod['kind'];

/** Whether this method can still be tried: enabled now, and not passed already (S02). */
export function isOpen(at: UnderWay, kind: AddressedKind | 'security-questions'): boolean {
  return choicesOf(at).includes(kind);
}

/** Says why no code was asked for; all of it follows from what this browser asked before. */
export function refusalWords(visit: Visit, asked: Exclude<Asked, { result: 'asked' }>): string {
  const { register, reset } = visit.t;
  switch (asked.result) {
    case 'wait':
      return register.code.wait(waitWords(visit, asked.until));
    case 'resting':
      return register.code.resting(waitWords(visit, asked.until));
    case 'too-many':
      return reset.code.tooMany;
  }
}

async function ask(visit: Visit, { reset }: UnderWay, method: AddressedMethod): Promise<GoTo | Refused> {
  const { deps, language } = visit;
  const asked = await askCode(deps, reset, { method, language });
  if (asked.result !== 'asked') return problem(null, refusalWords(visit, asked));
  sendSoon(visit);
  return goTo(`/reset/${method.kind}/code`);
}

/** What was asked of anybody: no form knows anything of the account. */
function phoneFormFor({ policy }: Visit, channels: readonly ('text' | 'call')[]) {
  const [defaultCountry = 'NL'] = policy.phoneCountries;
  const allowed = channels.length > 0 ? channels : (['text'] as const);
  return phoneForm({
    countries: openCountries(policy),
    defaultCountry,
    channels: allowed,
    differentFrom: null,
  });
}

function channelsOf({ policy }: Visit): ('text' | 'call')[] {
  return [...(policy.phoneText ? ['text' as const] : []), ...(policy.phoneCall ? ['call' as const] : [])];
}

function officeForm({ policy }: Visit) {
  const [defaultCountry = 'NL'] = policy.phoneCountries;
  return z.object({ number: typedText }).transform((typed, ctx): AddressedMethod => {
    const read = parseOfficePhone(typed.number, defaultCountry);
    if (read.result === 'number')
      return { kind: 'office-phone', number: read.number, extension: read.extension, channel: 'call' };
    addProblem(ctx, read.result, 'number');
    return z.NEVER;
  });
}

/** Where the number of one's own phone is typed in full, and a text or call asked for. */
export const phonePage = stepPage({
  path: '/reset/authentication-phone',
  view: 'reset/authentication-phone',
  title: ({ t }) => t.reset.phone.title,
  async show(visit, at) {
    if (!isOpen(at, 'authentication-phone')) return goTo('/reset/methods');
    return shown({ channels: channelsOf(visit) });
  },
  form: (visit) => phoneFormFor(visit, channelsOf(visit)),
  async submit(visit, at, method) {
    return isOpen(at, 'authentication-phone') ? ask(visit, at, method) : goTo('/reset/methods');
  },
});

/** Where the address of one's own mailbox is typed in full, and a mail asked for. */
export const emailPage = stepPage({
  path: '/reset/authentication-email',
  view: 'reset/authentication-email',
  title: ({ t }) => t.reset.email.title,
  async show(_visit, at) {
    return isOpen(at, 'authentication-email') ? shown({}) : goTo('/reset/methods');
  },
  form: ({ policy }) => emailForm({ ownDomains: policy.ownMailDomains, ownMailbox: null }),
  async submit(visit, at, method) {
    return isOpen(at, 'authentication-email') ? ask(visit, at, method) : goTo('/reset/methods');
  },
});

/** Where the number of the office phone is typed in full, and a call asked for. */
export const officePage = stepPage({
  path: '/reset/office-phone',
  view: 'reset/office-phone',
  title: ({ t }) => t.reset.office.title,
  async show(_visit, at) {
    return isOpen(at, 'office-phone') ? shown({}) : goTo('/reset/methods');
  },
  form: officeForm,
  async submit(visit, at, method) {
    return isOpen(at, 'office-phone') ? ask(visit, at, method) : goTo('/reset/methods');
  },
});

/** Posts only: asks again for the code under way; what the browser sends plays no part (S08). */
export function againPage(kind: AddressedKind): Page {
  const codePath = `/reset/${kind}/code`;
  return stepPage({
    path: `${codePath}/again`,
    view: 'reset/methods',
    title: ({ t }) => t.reset.code.title[kind],
    show: async () => goTo(codePath),
    form: () => z.object({}),
    async submit(visit, at) {
      const last = isOpen(at, kind) ? await readAsk(visit.deps, at.reset, kind) : undefined;
      if (!last) return goTo('/reset/methods');
      const asked = await askAgain(visit.deps, at.reset, last);
      if (asked.result !== 'asked') return goTo(codePath, refusalWords(visit, asked));
      sendSoon(visit);
      return goTo(codePath, visit.t.reset.code.sentAgain[channelOf(last.method)]);
    },
  });
}
