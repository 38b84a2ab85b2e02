import type { Page } from '../web/page.ts';
import { accountPage } from './account-page.ts';
import { answersAnewPage } from './answers-anew-page.ts';
import { answersPage } from './answers-page.ts';
import { downloadPage } from './download-page.ts';

/** Every page of a person's own account. */
export const accountPages: Page[] = [accountPage, answersPage, answersAnewPage, downloadPage];
