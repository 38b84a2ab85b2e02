import { codeForm } from '../methods/code-form.ts';
import { type AddressedMethod, type Channel, channelOf } from '../methods/method.ts';
import { formatPhone } from '../methods/phone-number.ts';
import { readAsk } from '../resets/ask.ts';
import type { CodeTaken } from '../resets/pass.ts';
import { verifyCode } from '../resets/verify.ts';
import { type GoTo, goTo, type Page, problem, type Refused, shown } from '../web/page.ts';
import { renewSessionId } from '../web/session.ts';
import type { Visit } from '../web/visit.ts';
import { waitWords } from '../web/waiting.ts';
import { stepPage } from './step.ts';
import { type AddressedKind, isOpen } from './value-page.ts';

declare module '../web/views.ts' {
  interface Views {
    'reset/code': {
      path: string;
      /** What was typed, as people write it. */
      to: string;
      channel: Channel;
      retype: { path: string; label: string };
    };
  }
}

function typedWords(method: AddressedMethod): string {
  return method.kind === 'authentication-email' ? method.address : formatPhone(method.number);
}

/** Says why a code was not taken: the same words for a code that nobody was sent. */
function refusedCode(visit: Visit, taken: Exclude<CodeTaken, { result: 'verified' }>): Refused | GoTo {
  const words = visit.t.register.code;
  switch (taken.result) {
    case 'incorrect':
      return problem('code', words.incorrect(taken.triesLeft));
    case 'resting':
      return problem('code', words.resting(waitWords(visit, taken.until)));
    case 'spent':
    case 'expired':
    case 'unknown':
      return problem('code', words[taken.result]);
    case 'stopped':
      return goTo('/reset/not-possible');
  }
}

/** The page on which the code is typed that was asked for in a reset. */
export function codePage(kind: AddressedKind): Page {
  const path = `/reset/${kind}/code`;
  return stepPage({
    path,
    view: 'reset/code',
    title: ({ t }) => t.reset.code.title[kind],
    secret: ['code'],
    async show(visit, at) {
      const ask = isOpen(at, kind) ? await readAsk(visit.deps, at.reset, kind) : undefined;
      if (!ask) return goTo('/reset/methods');
      const retype = { path: `/reset/${kind}`, label: visit.t.reset.code.retype[kind] };
      return shown({ path, to: typedWords(ask.method), channel: channelOf(ask.method), retype });
    },
    form: () => codeForm,
    async submit(visit, at, { code }) {
      if (!isOpen(at, kind)) return goTo('/reset/methods');
      const { deps, address } = visit;
      const taken = await verifyCode(deps, at.reset, { kind, code, address });
      if (taken.result !== 'verified') return refusedCode(visit, taken);
      await renewSessionId(visit);
      return goTo('/reset/methods', visit.t.reset.code.passed);
    },
  });
}
