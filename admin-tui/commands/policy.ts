import { type Action, BadUsage, readArgs, type Terminal, wantsJson } from '../command.ts';
import { plain, plainJson } from '../plain.ts';
import { tableLines } from '../table.ts';

const show: Action = async (terminal, args) => {
  const { values } = readArgs(terminal, args, { options: { format: { type: 'string' } }, takes: 0 });
  const json = wantsJson(terminal, values.format);
  const answer = await (await terminal.door()).policy.$get();
  if (!answer.ok) return;
  const { version, policy } = await answer.json();
  if (json) return terminal.out(plainJson({ version, policy }));
  const { columns, policyVersion } = terminal.words;
  const rows = Object.entries(policy).map(([name, value]) => [name, written(value)]);
  for (const line of tableLines([[columns.setting, columns.value], ...rows])) terminal.out(line);
  terminal.say(policyVersion(version));
};

const set: Action = async (terminal, args) => {
  const { positionals } = readArgs(terminal, args, { options: {}, takes: 'some' });
  const texts = positionals.map((typed) => splitSetting(terminal, typed));
  const door = await terminal.door();
  const inForce = await door.policy.$get();
  if (!inForce.ok) return;
  const { version, policy } = await inForce.json();
  const lists = Object.entries(policy).filter(([, value]) => Array.isArray(value));
  const arrays = new Set(lists.map(([name]) => name));
  const settings = Object.fromEntries(texts.map(([name, text]) => [name, settingOf(text, arrays.has(name))]));
  const saved = await door.policy.$patch({ json: { basedOn: version, settings } });
  if (saved.ok) terminal.say(terminal.words.policySaved((await saved.json()).version));
};

/** What can be done with the policy. */
export const policyActions = new Map<string, Action>([
  ['show', show],
  ['set', set],
]);

function written(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function splitSetting({ words }: Terminal, typed: string): [string, string] {
  const at = typed.indexOf('=');
  if (at < 1) throw new BadUsage(words.badSetting(plain(typed)));
  return [typed.slice(0, at).trim(), typed.slice(at + 1).trim()];
}

/** JSON where it reads as such, else the text itself; a list may be typed with commas. */
function settingOf(text: string, isList: boolean): unknown {
  if (isList && !text.startsWith('['))
    return text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
