import { admin } from './en/admin.ts';
import { common } from './en/common.ts';
import { messages } from './en/messages.ts';
import { methods } from './en/methods.ts';
import { problems } from './en/problems.ts';
import { register } from './en/register.ts';
import { signIn } from './en/sign-in.ts';
import type { nl } from './nl.ts';

export const en: typeof nl = { admin, common, messages, methods, problems, register, signIn };
