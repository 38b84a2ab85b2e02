import type { Choice, Field, Tools, Values } from '../stage/screen.ts';
import { listOf } from './new-person.ts';
import { type Input, type Policy, type Setting, settingGroups } from './setting-groups.ts';
import { languageChoices } from './welcome.ts';

/** The fields of the policy’s form, holding these settings. */
export function policyFields(tools: Tools, policy: Policy): Field[] {
  const { headings } = tools.words.policy;
  const held = valuesOf(policy);
  return settingGroups.flatMap(({ heading, settings }) =>
    settings
      .flatMap(([name, input]) => fieldsOf(tools, name, input))
      .map((field, index) => ({
        ...field,
        value: held[field.name] ?? '',
        ...(index === 0 ? { heading: headings[heading] } : {}),
      })),
  );
}

function fieldsOf({ words }: Tools, name: Setting, input: Input): Field[] {
  const { settings, who, memberOf, notMemberOf } = words.policy;
  const about = { name, value: '', ...settings[name] };
  if (input === 'whether') return [{ ...about, input: yesOrNo(words) }];
  if (input === 'language') return [{ ...about, input: languageChoices(words) }];
  if (input !== 'who') return [{ ...about, input: 'text' }];
  const choices = (['everybody', 'groups', 'nobody'] as const).map((value) => ({ value, label: who[value] }));
  return [
    { ...about, input: choices },
    { ...memberOf, name: 'enabledFor.groups', label: `  ${memberOf.label}`, value: '', input: 'text' },
    { ...notMemberOf, name: 'enabledFor.except', label: `  ${notMemberOf.label}`, value: '', input: 'text' },
  ];
}

function yesOrNo({ stage }: Tools['words']): Choice[] {
  return [
    { value: 'true', label: stage.yes },
    { value: 'false', label: stage.no },
  ];
}

/** The settings as fields hold them. */
export function valuesOf({ enabledFor, ...policy }: Policy): Values {
  const plain = Object.entries(policy).map(([name, value]) => [name, textOf(value)]);
  const some = enabledFor.who === 'groups' ? enabledFor : { groups: [], except: [] };
  return {
    ...Object.fromEntries(plain),
    enabledFor: enabledFor.who,
    'enabledFor.groups': some.groups.join(', '),
    'enabledFor.except': some.except.join(', '),
  };
}

function textOf(value: string | number | boolean | string[] | null): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '');
}

/** The settings that are not what they were in force, as the door takes them. */
export function changedSettings(before: Policy, values: Values): Partial<Record<Setting, unknown>> {
  const held = valuesOf(before);
  const all = settingGroups.flatMap(({ settings }) => settings);
  const changed = all.filter(([name]) =>
    Object.keys(held).some((field) => isPart(field, name) && held[field] !== values[field]),
  );
  return Object.fromEntries(changed.map(([name, input]) => [name, settingOf(input, name, values)]));
}

function isPart(field: string, name: Setting): boolean {
  return field === name || field.startsWith(`${name}.`);
}

function settingOf(input: Input, name: Setting, values: Values): unknown {
  const typed = (values[name] ?? '').trim();
  switch (input) {
    case 'whether':
      return typed === 'true';
    case 'number':
      return /^\d+$/.test(typed) ? Number(typed) : typed;
    case 'list':
      return listOf(name === 'phoneCountries' || name === 'stoppedCountries' ? typed.toUpperCase() : typed);
    case 'who':
      return typed === 'groups' ? whoOf(values) : { who: typed };
    default:
      return typed === '' && name === 'helpContact' ? null : typed;
  }
}

function whoOf(values: Values): unknown {
  return {
    who: 'groups',
    groups: listOf(values['enabledFor.groups']),
    except: listOf(values['enabledFor.except']),
  };
}
