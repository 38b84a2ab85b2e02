import { it } from 'vitest';
import { needs } from '../helpers/needs.ts';
import { tellMainStory } from './main-story.ts';
import { openAdmin, startHouse } from './story-house.ts';

needs('tmux')('the administrators’ main story, typed in a terminal', () => {
  it.each([
    { columns: 80, rows: 24 },
    { columns: 120, rows: 40 },
  ])(
    'from the first start to who is overdue, at $columns by $rows',
    async (size) => {
      const { folder, ...given } = await startHouse();
      await tellMainStory(await openAdmin(folder, { size }), given);
    },
    240_000,
  );
});
