import { account } from './en/account.ts';
import { admin } from './en/admin.ts';
import { administrators } from './en/administrators.ts';
import { changePassword } from './en/change-password.ts';
import { common } from './en/common.ts';
import { delivery } from './en/delivery.ts';
import { imports } from './en/imports.ts';
import { lostMethods } from './en/lost-methods.ts';
import { messages } from './en/messages.ts';
import { methods } from './en/methods.ts';
import { notices } from './en/notices.ts';
import { people } from './en/people.ts';
import { problems } from './en/problems.ts';
import { redeem } from './en/redeem.ts';
import { register } from './en/register.ts';
import { reminders } from './en/reminders.ts';
import { reset } from './en/reset.ts';
import { rules } from './en/rules.ts';
import { screens } from './en/screens.ts';
import { signIn } from './en/sign-in.ts';
import { stop } from './en/stop.ts';
import type { nl } from './nl.ts';

export const en: typeof nl = {
  admin,
  administrators,
  common,
  delivery,
  imports,
  messages,
  methods,
  notices,
  people,
  problems,
  register,
  reminders,
  reset,
  rules,
  screens,
  signIn,
  stop,
  lostMethods,
  redeem,
  changePassword,
  account,
};
