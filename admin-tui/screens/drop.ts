import type { Words } from '../../src/words/words.ts';
import type { ListScreen } from '../stage/screen.ts';
import { askScreen } from './ask.ts';

/** Asked before typed text is thrown away: by leaving one screen, or all of them. */
export function askToDrop({ drop }: Words['screens']['stage'], leave: 'screen' | 'all'): ListScreen {
  return askScreen({
    title: drop.title,
    intro: [drop.intro],
    answers: [
      { label: drop.stay, do: async () => ({ next: 'back' }) },
      {
        label: drop.leave,
        do: async () => (leave === 'all' ? { next: 'leave' } : { next: 'back', steps: 2 }),
      },
    ],
  });
}
