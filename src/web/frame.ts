import { languageLink } from './language.ts';
import type { Extra } from './page.ts';
import { restrictedTo } from './restricted.ts';
import type { Frame } from './views.ts';
import type { Visit } from './visit.ts';

/** Makes what every view may ask for, around a page's own props. */
export function frameOf(
  visit: Visit,
  page: { title: string; row: string; inRow: boolean; extra: Extra },
): Frame {
  const { policy, t, language, site } = visit;
  const { problems, values, notice } = page.extra;
  const otherLanguage = language === 'nl' ? 'en' : 'nl';
  return {
    t,
    language,
    otherLanguage,
    languageLink: languageLink(visit, otherLanguage),
    title: problems.length > 0 ? `${t.common.error}: ${page.title}` : page.title,
    organisation: policy.organisationName,
    helpContact: policy.helpContact,
    path: visit.path,
    signedIn: visit.person !== undefined,
    ownPages: visit.person !== undefined && restrictedTo(visit, '/account') === undefined,
    csrf: visit.csrf,
    row: page.row,
    inRow: page.inRow,
    assets: site.assets,
    problems,
    values,
    notice,
  };
}
