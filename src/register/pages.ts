import type { Page } from '../web/page.ts';
import { checklistPage } from './checklist-page.ts';
import { codeAgainPage, codePage } from './code-page.ts';
import {
  confirmIdentityPage,
  confirmsIdentity,
  identityCodePage,
  identityStep,
} from './confirm-identity-page.ts';
import { emailPage } from './email-page.ts';
import { filledInPage } from './filled-in-page.ts';
import { finishedPage } from './finished-page.ts';
import { laterPage } from './later-page.ts';
import { lostMethodsPage } from './lost-methods-page.ts';
import { mayProve } from './may-prove.ts';
import { officePhonePage } from './office-phone-page.ts';
import { phonePage } from './phone-page.ts';
import { questionPage } from './question-page.ts';
import { questionsPage } from './questions-page.ts';
import { removePage } from './remove-page.ts';
import { rowId } from './rows.ts';
import { stepOf } from './send-code.ts';
import { stillRightPage } from './still-right-page.ts';

const addressed = ['authentication-phone', 'authentication-email', 'office-phone'] as const;
const kinds = [...addressed, 'security-questions'] as const;

/** Every page of registration. */
export const registerPages: Page[] = [
  checklistPage,
  finishedPage,
  laterPage,
  confirmIdentityPage,
  identityCodePage,
  codeAgainPage(identityStep, confirmsIdentity),
  lostMethodsPage,
  phonePage,
  emailPage,
  officePhonePage,
  ...addressed.flatMap((kind) => [codePage(kind), codeAgainPage(stepOf(kind), mayProve, rowId(kind))]),
  filledInPage('authentication-phone'),
  filledInPage('authentication-email'),
  ...kinds.flatMap((kind) => [removePage(kind), stillRightPage(kind)]),
  questionsPage,
  questionPage,
];
