import type { InferResponseType } from 'hono/client';
import type { Door } from '../api.ts';
import { bodyOf } from '../body-of.ts';
import type { Do, FormScreen, ListScreen, Next, Row, ScreenKey, Tools } from '../stage/screen.ts';
import { askScreen } from './ask.ts';
import type { Card } from './person.ts';
import { pathOf } from './person-asks.ts';
import { momentOf } from './standing.ts';

type Listed = InferResponseType<Door['access-codes']['$get'], 200>['accessCodes'][number];
type Code = Pick<Listed, 'id' | 'state' | 'requestedBy'>;

/** Open one-time access codes: to approve, to collect once, to cancel. */
export function accessCodesScreen({ words }: Tools): ListScreen {
  const { codes } = words;
  return {
    kind: 'list',
    title: codes.title,
    page: async (tools) => {
      const told = await bodyOf(tools.door()['access-codes'].$get());
      const rows = told.accessCodes.map(
        (code): Row => ({
          id: code.id,
          cells: [
            code.displayName,
            codes.states[code.state],
            code.requestedBy,
            momentOf(code.expiresAt),
            code.reason,
          ],
          spoken: codes.spoken(code.displayName, codes.states[code.state], code.requestedBy, code.reason),
          keys: stepKeys(tools, code),
        }),
      );
      return { intro: [codes.intro], head: codes.head, rows, empty: codes.none };
    },
  };
}

/** What can be done about access codes on the card of a person. */
export function accessCodeKeys(tools: Tools, card: Card): ScreenKey[] {
  const { codes } = tools.words;
  const request: Do = async (inside) => ({ next: 'go', screen: requestForm(inside, card) });
  return card.accessCode ? stepKeys(tools, card.accessCode) : [{ legend: codes.requestKey, do: request }];
}

function stepKeys({ words, session }: Tools, code: Code): ScreenKey[] {
  const { codes } = words;
  const own = code.requestedBy === session.me?.name;
  const may = session.me?.role === 'administrator' && !own;
  const param = { id: code.id };
  const approve: Do = async (tools) => {
    await bodyOf(tools.door()['access-codes'][':id'].approve.$post({ param }));
    return { next: 'stay', said: tools.words.codes.approved };
  };
  const cancel: Do = async (tools) => {
    await bodyOf(tools.door()['access-codes'][':id'].$delete({ param }));
    return { next: 'stay', said: tools.words.codes.cancelled };
  };
  return [
    ...(code.state === 'waiting' && may ? [{ legend: codes.approveKey, do: approve }] : []),
    ...(code.state === 'ready' && own ? [{ legend: codes.collectKey, do: collect(code) }] : []),
    { legend: codes.cancelKey, do: cancel },
  ];
}

/** The code is shown once: whoever requested it reads it to the person. */
function collect({ id }: Code): Do {
  return async (tools): Promise<Next> => {
    const told = await bodyOf(tools.door()['access-codes'][':id'].collect.$post({ param: { id } }));
    const { codes } = tools.words;
    return {
      next: 'go',
      screen: askScreen({
        title: codes.collectTitle,
        intro: [codes.collected(told.userName), told.code, codes.until(momentOf(told.expiresAt))],
        answers: [{ label: codes.done, do: async () => ({ next: 'back' }) }],
      }),
    };
  };
}

/** Asks for a code; `reason` is the one that can be sent as it is. */
export function requestForm({ words }: Tools, card: Card, reason?: string): FormScreen {
  const { codes } = words;
  return {
    kind: 'form',
    title: codes.requestTitle,
    intro: [codes.requestIntro(card.displayName)],
    typing: 'at once',
    fields: [{ name: 'reason', label: codes.reason, hint: codes.reasonHint, value: '', input: 'text' }],
    ...(reason === undefined ? {} : { values: { reason } }),
    submit: {
      legend: codes.request,
      do: async ({ reason: why = '' }, tools) => {
        const param = pathOf(card);
        const made = await bodyOf(
          tools.door().people[':userName']['access-codes'].$post({ param, json: { reason: why } }),
        );
        const { requestedWaits, requestedReady } = tools.words.codes;
        return { next: 'back', said: made.state === 'waiting' ? requestedWaits : requestedReady };
      },
    },
  };
}
