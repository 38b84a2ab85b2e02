import type { Page } from 'playwright-core';
import type { Language } from '../../src/words/languages.ts';
import type { Words } from '../../src/words/words.ts';
import type { Browser } from '../helpers/browser.ts';
import { signIn } from '../helpers/journeys.ts';
import type { TestHouse } from '../helpers/test-house.ts';

/** One person on the way to a state of a page, in a browser without JavaScript. */
export interface Walk {
  house: TestHouse;
  browser: Browser;
  t: Words;
  language: Language;
  userName: string;
  /** A number and an address that nobody else in the house has. */
  number: string;
  address: string;
}

/** A state of a page in which people meet it. */
export interface PageState {
  /** The path as `pages` has it, or `error`. */
  route: string;
  state: string;
  /** The path that is shown, where the route only leads to it. */
  shows?: string;
  /** The status of the answer; 200 unless given. */
  status?: number;
  /** Walks to where the page shows this state; a browser it gives is looked at in place of the walk's own. */
  arrive(walk: Walk): Promise<Browser | undefined>;
  /** What is then opened in its row, with JavaScript. */
  open?(page: Page, walk: Walk): Promise<void>;
}

/** What a walk needs of its person. */
export type PersonWanted = Parameters<TestHouse['addPerson']>[1];

/** Signs the walk's person in anew, with a browser that knows nothing. */
export async function enterAgain({ house, userName, language }: Walk): Promise<Browser> {
  return signIn(house, userName, house.browser({ language }));
}

/** Adds the walk's person and signs in. */
export async function enter(walk: Walk, person: PersonWanted = {}): Promise<Browser> {
  await walk.house.addPerson(walk.userName, { displayName: 'Zoë de Vries', groups: ['Staff'], ...person });
  return signIn(walk.house, walk.userName, walk.browser);
}
