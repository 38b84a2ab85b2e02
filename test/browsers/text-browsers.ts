import type { Language } from '../../src/words/languages.ts';
import { startEdbrowse } from './edbrowse.ts';
import { startLinks } from './links.ts';
import { startLynx } from './lynx.ts';
import type { TextBrowser } from './text-browser.ts';
import { startW3m } from './w3m.ts';

/** A browser of text, what it needs, and the language in which it is walked with. */
export interface Candidate {
  name: string;
  programs: readonly string[];
  start(url: string): Promise<TextBrowser>;
  language: Language;
  /** The number of the person who walks with it. */
  number: string;
}

/** Every browser of text that does the whole of Sparekey. */
export const textBrowsers: readonly Candidate[] = [
  { name: 'edbrowse', programs: ['edbrowse'], start: startEdbrowse, language: 'nl', number: '+31612345671' },
  { name: 'w3m', programs: ['w3m', 'tmux'], start: startW3m, language: 'nl', number: '+31612345672' },
  { name: 'lynx', programs: ['lynx', 'tmux'], start: startLynx, language: 'en', number: '+31612345673' },
  { name: 'links', programs: ['links', 'tmux'], start: startLinks, language: 'nl', number: '+31612345676' },
];
