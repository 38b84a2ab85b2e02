import { DoorRefused } from '../api.ts';
import { bodyOf } from '../body-of.ts';
import type { Do, FormScreen, Next, Screen, Tools, Values } from '../stage/screen.ts';
import { askScreen } from './ask.ts';
import { changeLine, type Effects, effectLines } from './policy-changes.ts';
import { changedSettings, policyFields, valuesOf } from './policy-settings.ts';
import { versionsScreen } from './policy-versions.ts';
import type { PolicyInForce } from './setting-groups.ts';

/** Opens the policy in force, every setting to be changed. */
export const openPolicy: Do = async (tools) => {
  const inForce = await bodyOf(tools.door().policy.$get());
  return { next: 'go', screen: policyForm(tools, inForce) };
};

/** Every setting with its limits; nothing is saved before it is shown what it would do. */
export function policyForm(tools: Tools, inForce: PolicyInForce, values?: Values): FormScreen {
  const { policy } = tools.words;
  const may = tools.session.me?.role === 'administrator';
  return {
    kind: 'form',
    title: policy.title,
    intro: [policy.version(inForce.version)],
    fields: policyFields(tools, inForce.policy),
    ...(values ? { values } : {}),
    typing: 'on enter',
    submit: may
      ? { legend: policy.preview, do: (typed, inside) => preview(inside, inForce, typed) }
      : { legend: policy.readOnly, do: async () => ({ next: 'back' }) },
    keys: [
      {
        legend: policy.versionsKey,
        do: async (inside) => ({ next: 'go', screen: versionsScreen(inside, inForce) }),
      },
    ],
  };
}

async function preview(tools: Tools, inForce: PolicyInForce, values: Values, again = false): Promise<Next> {
  const settings = changedSettings(inForce.policy, values);
  const { policy } = tools.words;
  const json = { basedOn: inForce.version, policy: settings };
  try {
    const told = await bodyOf(tools.door().policy.preview.$post({ json }));
    if (told.changes.length === 0) return { next: 'stay', said: policy.nothingChanged };
    const intro = [
      ...told.changes.map((change) => changeLine(tools, change)),
      '',
      ...effectLines(tools, told.effects),
    ];
    const screen = effectsScreen(tools, { inForce, values, intro, effects: told.effects });
    return again ? { next: 'swap', screen, said: policy.effectsChanged } : { next: 'go', screen };
  } catch (error) {
    return conflict(tools, error, { inForce, values, steps: again ? 3 : 2 });
  }
}

interface Wanted {
  inForce: PolicyInForce;
  values: Values;
  intro: readonly string[];
  effects: Effects;
}

function effectsScreen({ words }: Tools, wanted: Wanted): Screen {
  const { policy } = words;
  return askScreen({
    title: policy.effectsTitle,
    intro: wanted.intro,
    answers: [
      { label: policy.goOn, do: async () => ({ next: 'back' }) },
      { label: policy.save, do: (tools) => save(tools, wanted) },
    ],
  });
}

async function save(tools: Tools, { inForce, values, effects }: Wanted): Promise<Next> {
  const settings = changedSettings(inForce.policy, values);
  const json = { basedOn: inForce.version, settings, expected: effects };
  try {
    const saved = await bodyOf(tools.door().policy.$patch({ json }));
    return { next: 'back', steps: 2, said: tools.words.policy.saved(saved.version) };
  } catch (error) {
    if (error instanceof DoorRefused && error.problem === 'effects-changed')
      return preview(tools, inForce, values, true);
    return conflict(tools, error, { inForce, values, steps: 3 });
  }
}

interface Lost {
  inForce: PolicyInForce;
  values: Values;
  /** How many screens go when one goes on with the new policy: this one, and those that were based on the old. */
  steps: number;
}

/** Somebody else was first: shows what they changed, and lets one go on with one’s own changes upon theirs. */
async function conflict(tools: Tools, error: unknown, { inForce, values, steps }: Lost): Promise<Next> {
  if (!(error instanceof DoorRefused) || error.problem !== 'changed-meanwhile') throw error;
  const now = await bodyOf(tools.door().policy.$get());
  const param = { version: String(now.version) };
  const query = { comparedTo: String(inForce.version) };
  const compared = await bodyOf(tools.door().policy.versions[':version'].$get({ param, query }));
  const { policy } = tools.words;
  const mine = mineOf(inForce, values);
  const screen = askScreen({
    title: policy.conflictTitle,
    intro: [
      policy.conflict(now.by ?? '', now.version),
      ...compared.changes.map((change) => changeLine(tools, change)),
    ],
    answers: [
      {
        label: policy.conflictGoOn,
        do: async (inside) => ({
          next: 'swap',
          steps,
          screen: policyForm(inside, now, { ...valuesOf(now.policy), ...mine }),
        }),
      },
      { label: policy.conflictDrop, do: async () => ({ next: 'back', steps }) },
    ],
  });
  return { next: 'go', screen };
}

/** Only what was changed here: the rest is as the other one left it. */
function mineOf({ policy }: PolicyInForce, values: Values): Values {
  const before = valuesOf(policy);
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => before[name] !== value));
}
