import type { InferResponseType } from 'hono/client';
import type { Door } from '../api.ts';
import { bodyOf } from '../body-of.ts';
import type { ListScreen, Tools } from '../stage/screen.ts';
import { menuOf, personKeys } from './person-keys.ts';
import { personRows } from './person-rows.ts';

/** A person's card as the door gives it. */
export type Card = InferResponseType<Door['people'][':userName']['$get'], 200>;

/** One person's card: states with dates and reasons, methods masked, and what can be done. */
export function personScreen(
  { words }: Tools,
  { userName, displayName }: Pick<Card, 'userName' | 'displayName'>,
): ListScreen {
  return {
    kind: 'list',
    title: displayName === '' ? words.person.title : displayName,
    readAll: true,
    page: async (tools) => {
      const param = { userName: encodeURIComponent(userName) };
      const card = await bodyOf(tools.door().people[':userName'].$get({ param }));
      const keys = personKeys(tools, card);
      const { menu, menuKey } = tools.words.person;
      const open = menuOf(keys, menu);
      const rows = personRows(tools, card).map((row) =>
        keys.length === 0 ? row : { ...row, open, openLegend: menuKey },
      );
      return { rows, keys };
    },
  };
}
