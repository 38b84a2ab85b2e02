import type { Page } from '../web/page.ts';
import { codePage } from './code-page.ts';
import { donePage } from './done-page.ts';
import { methodsPage } from './methods-page.ts';
import { newPasswordPage } from './new-password-page.ts';
import { notPossiblePage } from './not-possible-page.ts';
import { questionsPage } from './questions-page.ts';
import { startPage } from './start-page.ts';
import { unlockPage } from './unlock-page.ts';
import { againPage, emailPage, officePage, phonePage } from './value-page.ts';

const addressed = ['authentication-phone', 'authentication-email', 'office-phone'] as const;

/** Every page of getting back in. */
export const resetPages: Page[] = [
  startPage,
  methodsPage,
  phonePage,
  emailPage,
  officePage,
  ...addressed.flatMap((kind) => [codePage(kind), againPage(kind)]),
  questionsPage,
  newPasswordPage,
  unlockPage,
  donePage('reset'),
  donePage('unlocked'),
  donePage('setting'),
  notPossiblePage,
];
