import { account } from './nl/account.ts';
import { admin } from './nl/admin.ts';
import { administrators } from './nl/administrators.ts';
import { changePassword } from './nl/change-password.ts';
import { common } from './nl/common.ts';
import { delivery } from './nl/delivery.ts';
import { imports } from './nl/imports.ts';
import { lostMethods } from './nl/lost-methods.ts';
import { messages } from './nl/messages.ts';
import { methods } from './nl/methods.ts';
import { notices } from './nl/notices.ts';
import { people } from './nl/people.ts';
import { problems } from './nl/problems.ts';
import { redeem } from './nl/redeem.ts';
import { register } from './nl/register.ts';
import { reminders } from './nl/reminders.ts';
import { reset } from './nl/reset.ts';
import { rules } from './nl/rules.ts';
import { screens } from './nl/screens.ts';
import { signIn } from './nl/sign-in.ts';
import { stop } from './nl/stop.ts';

export const nl = {
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
