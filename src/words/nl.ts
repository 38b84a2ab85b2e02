import { admin } from './nl/admin.ts';
import { common } from './nl/common.ts';
import { messages } from './nl/messages.ts';
import { methods } from './nl/methods.ts';
import { problems } from './nl/problems.ts';
import { register } from './nl/register.ts';
import { signIn } from './nl/sign-in.ts';

export const nl = { admin, common, messages, methods, problems, register, signIn };
