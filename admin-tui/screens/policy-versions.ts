import { bodyOf } from '../body-of.ts';
import type { Do, ListScreen, Row, Tools } from '../stage/screen.ts';
import { policyForm } from './policy.ts';
import { changeLine, settingName } from './policy-changes.ts';
import { valuesOf } from './policy-settings.ts';
import type { PolicyInForce } from './setting-groups.ts';
import { momentOf } from './standing.ts';

/** Every version of the policy, the newest first: who saved it, when, and what it changed. */
export function versionsScreen({ words }: Tools, inForce: PolicyInForce): ListScreen {
  const { versions } = words.policy;
  return {
    kind: 'list',
    title: versions.title,
    page: async (tools, { after }) => {
      const query = { limit: '50', ...(after === '' ? {} : { before: after }) };
      const told = await bodyOf(tools.door().policy.versions.$get({ query }));
      const rows = told.versions.map(({ version, by, at, changed }): Row => {
        const names = changed.map((setting) => settingName(tools, setting)).join(', ');
        return {
          id: String(version),
          cells: [String(version), momentOf(at), by ?? versions.standard, names],
          open: openVersion(version, inForce),
        };
      });
      return { head: versions.head, rows, next: told.next === null ? null : String(told.next) };
    },
  };
}

function openVersion(version: number, inForce: PolicyInForce): Do {
  return async (tools) => ({ next: 'go', screen: versionScreen(tools, version, inForce) });
}

/** One version: what it changed, and in what it differs from the policy in force. */
function versionScreen({ words }: Tools, version: number, inForce: PolicyInForce): ListScreen {
  const { versions } = words.policy;
  return {
    kind: 'list',
    title: versions.one(version),
    readAll: true,
    page: async (tools) => {
      const door = tools.door().policy.versions[':version'];
      const param = { version: String(version) };
      const told = await bodyOf(door.$get({ param, query: {} }));
      const query = { comparedTo: String(inForce.version) };
      const now = await bodyOf(door.$get({ param, query }));
      const own = changeRows(tools, told.changes, versions.changed);
      const differs = changeRows(tools, now.changes.map(turned), versions.differs(inForce.version));
      const may = tools.session.me?.role === 'administrator' && now.changes.length > 0;
      const back: Do = async (inside) => ({
        next: 'swap',
        steps: 3,
        screen: policyForm(inside, inForce, valuesOf(told.policy)),
      });
      return {
        rows: [...own, ...differs],
        keys: may ? [{ legend: versions.backKey, do: back }] : [],
      };
    },
  };
}

type Change = Parameters<typeof changeLine>[1];

/** Compared to the policy in force a version is the past: what was, then what is now. */
function turned({ setting, from, to }: Change): Change {
  return { setting, from: to, to: from };
}

function changeRows(tools: Tools, changes: readonly Change[], heading: string): Row[] {
  const lines = changes.map((change) => changeLine(tools, change));
  const shown = lines.length === 0 ? [tools.words.policy.versions.same] : lines;
  return shown.map((text, index) => ({ cells: [text], ...(index === 0 ? { heading } : {}) }));
}
