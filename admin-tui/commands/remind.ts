import { wordsOf } from '../../src/words/words.ts';
import { type Action, readArgs, wantsJson } from '../command.ts';
import { plainJson } from '../plain.ts';
import { filterOf, filterOptions } from './overdue.ts';

/** Reminds whoever is overdue and fits, or only counts them. */
export const remind: Action = async (terminal, args) => {
  const options = {
    ...filterOptions,
    'dry-run': { type: 'boolean', default: false },
    format: { type: 'string' },
  } as const;
  const { values } = readArgs(terminal, args, { options, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const { 'dry-run': dryRun } = values;
  const asked = { ...filterOf(terminal, values), dryRun };
  const answer = await (await terminal.door()).reminders.$post({ json: asked });
  if (!answer.ok) return;
  const counts = await answer.json();
  if (json) return terminal.out(plainJson(counts));
  const words = wordsOf(terminal.language).reminders;
  const { selected, toSend, sent, withoutMailbox, remindedToday } = counts;
  terminal.out(words.selected(String(selected)));
  terminal.out(dryRun ? words.toSend(String(toSend)) : words.sent(String(sent)));
  if (withoutMailbox > 0) terminal.out(words.withoutMailbox(String(withoutMailbox)));
  if (remindedToday > 0) terminal.out(words.remindedToday(String(remindedToday)));
};
