import type { Page } from '../web/page.ts';
import { changePage, changeStoppedPage } from './change-page.ts';
import { stopPage, stoppedPage } from './stop-page.ts';

/** Every page that the links in notices lead to. */
export const stopPages: Page[] = [stopPage, stoppedPage, changePage, changeStoppedPage];
