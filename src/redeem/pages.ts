import type { Page } from '../web/page.ts';
import { redeemPasswordPage } from './password-page.ts';
import { redeemPage } from './redeem-page.ts';

/** Every page for who comes in with a one-time access code. */
export const redeemPages: Page[] = [redeemPage, redeemPasswordPage];
