import type { Deps } from '../deps.ts';
import { readPolicy } from '../policy/versions.ts';
import { fileOf, type Import } from './import.ts';
import { type Look, lookAt } from './look.ts';
import type { Source } from './read-rows.ts';
import { makeRowRules } from './rules.ts';

/** How many rows one transaction holds: more is hardly quicker, and pages wait for it. */
const rowsAtOnce = 50;
/** Each needs a slow hash first, and a cancel has to wait for them. */
const passwordsAtOnce = 20;

/** The country whose numbers are written without a country code. */
export function countryOf({ settings }: Pick<Import, 'settings'>, phoneCountries: readonly string[]): string {
  return settings.country ?? phoneCountries[0] ?? 'NL';
}

/** Makes of an import where its rows come from and how they are read; the look may still have problems. */
export async function planImport(deps: Deps, one: Import): Promise<Source & { look: Look }> {
  const file = fileOf(deps.config, one.id);
  const [look, policy] = [await lookAt(file, one), await readPolicy(deps.db)];
  const rules = makeRowRules(policy, {
    columns: look.columns,
    country: countryOf(one, policy.phoneCountries),
    clearMarker: one.settings.clearMarker,
    now: deps.now(),
  });
  const { encoding, separator } = look;
  const batchSize = one.settings.firstPasswords ? passwordsAtOnce : rowsAtOnce;
  return { look, file, encoding, separator, rules, skip: one.rowsBefore, batchSize };
}
