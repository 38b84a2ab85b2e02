import { accountStates } from './account-states.ts';
import { methodStates } from './method-states.ts';
import type { PageState } from './page-state.ts';
import { registerStates } from './register-states.ts';
import { resetStates } from './reset-states.ts';
import { rowStates } from './row-states.ts';
import { errorStates, signInStates } from './sign-in-states.ts';

/** Every page in every state in which people meet it: whoever adds a page adds its states. */
export const pageStates: PageState[] = [
  ...signInStates,
  ...errorStates,
  ...methodStates,
  ...registerStates,
  ...rowStates,
  ...accountStates,
  ...resetStates,
];
