import type { InferResponseType } from 'hono/client';
import type { Door } from '../api.ts';
import type { Tools } from '../stage/screen.ts';
import type { Setting } from './setting-groups.ts';

type Preview = InferResponseType<Door['policy']['preview']['$post'], 200>;

/** What a change of the policy would do, in numbers of people. */
export type Effects = Preview['effects'];
type Change = Preview['changes'][number];

/** One changed setting as a sentence: what it is called, what it was, what it becomes. */
export function changeLine({ words }: Tools, { setting, from, to }: Change): string {
  const { settings, change } = words.policy;
  return change(settings[setting].label, valueWords(words, from), valueWords(words, to));
}

/** The name of a setting, for a list. */
export function settingName({ words }: Tools, setting: Setting): string {
  return words.policy.settings[setting].label;
}

function valueWords({ policy, stage, languages }: Tools['words'], value: Change['from']): string {
  if (typeof value === 'boolean') return value ? stage.yes : stage.no;
  if (value === null || value === '') return policy.nothing;
  if (value === 'nl' || value === 'en') return languages[value];
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.join(', ') || policy.nothing;
  if (value.who !== 'groups') return policy.who[value.who];
  return policy.whoGroups(value.groups.join(', '), value.except.join(', '));
}

/** What would come of it for people: a sentence for each number that is not nought. */
export function effectLines({ all }: Tools, effects: Effects): string[] {
  const say = all.rules.terminal.effects;
  const told = [
    effects.losesReset > 0 ? say.losesReset(effects.losesReset) : '',
    effects.becomesOverdue > 0 ? say.becomesOverdue(effects.becomesOverdue) : '',
    effects.noLongerEnabled > 0 ? say.noLongerEnabled(effects.noLongerEnabled) : '',
    effects.gainsReset > 0 ? say.gainsReset(effects.gainsReset) : '',
    effects.noLongerOverdue > 0 ? say.noLongerOverdue(effects.noLongerOverdue) : '',
    effects.newlyEnabled > 0 ? say.newlyEnabled(effects.newlyEnabled) : '',
  ].filter((sentence) => sentence !== '');
  return told.length === 0 ? [say.none] : told;
}
