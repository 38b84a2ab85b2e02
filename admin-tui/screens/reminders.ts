import { bodyOf } from '../body-of.ts';
import type { Do, Tools } from '../stage/screen.ts';
import { askScreen } from './ask.ts';
import { countOf } from './standing.ts';

type Filter = Omit<Parameters<ReturnType<Tools['door']>['reminders']['$post']>[0]['json'], 'dryRun'>;

/** Says first how many would get a reminder, and why others would not; sends only after a yes. */
export function askToRemind(filter: Filter): Do {
  return async (tools) => {
    const json = { ...filter, dryRun: true };
    const would = await bodyOf(tools.door().reminders.$post({ json }));
    const { reminders, stage } = tools.words;
    const say = (count: number) => countOf(tools, count);
    const send: Do = async (inside) => {
      const told = await bodyOf(inside.door().reminders.$post({ json: { ...filter, dryRun: false } }));
      return { next: 'back', said: reminders.sent(say(told.sent)) };
    };
    const yes = { label: reminders.yes(say(would.toSend)), do: send };
    const intro = [
      reminders.selected(say(would.selected)),
      reminders.toSend(say(would.toSend)),
      reminders.withoutMailbox(say(would.withoutMailbox)),
      reminders.remindedToday(say(would.remindedToday)),
    ];
    const no = { label: stage.cancel, do: async () => ({ next: 'back' }) as const };
    const answers = would.toSend === 0 ? [no] : [no, yes];
    return { next: 'go', screen: askScreen({ title: reminders.title, intro, answers }) };
  };
}
