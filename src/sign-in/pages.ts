import type { Page } from '../web/page.ts';
import { newPasswordPage } from './new-password-page.ts';
import { signInPage } from './sign-in-page.ts';
import { signOutPage } from './sign-out-page.ts';

/** Every page of signing in and out. */
export const signInPages: Page[] = [signInPage, signOutPage, newPasswordPage];
