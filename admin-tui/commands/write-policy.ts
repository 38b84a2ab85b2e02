import type { Door } from '../api.ts';
import { type Action, BadUsage, NotDone, readArgs, type Terminal, wantsJson } from '../command.ts';
import { plain, plainJson } from '../plain.ts';
import { changeLines, effectLines, type Preview, rulesWords, takesAway } from '../policy-lines.ts';
import { isRefusal } from '../refusal.ts';

type Settings = Record<string, unknown>;

/** Changes settings, saying first what that would do to whom; what takes something from somebody needs `--yes`. */
export const setSettings: Action = async (terminal, args) => {
  const options = { yes: { type: 'boolean' }, 'based-on': { type: 'string' } } as const;
  const { values, positionals } = readArgs(terminal, args, { options, takes: 'some' });
  const texts = positionals.map((typed) => splitSetting(terminal, typed));
  const door = await terminal.door();
  const inForce = await readInForce(door);
  if (!inForce) return;
  const given = values['based-on'];
  if (given !== undefined && !/^\d{1,9}$/.test(given))
    throw new BadUsage(rulesWords(terminal).versionWrong(plain(given)));
  const basedOn = given === undefined ? inForce.version : Number(given);
  const change = { basedOn, settings: settingsOf(texts, inForce.policy) };
  await saveChange(terminal, door, { ...change, yes: values.yes === true });
};

/** Says what a change would do; nothing is saved. */
export const previewSettings: Action = async (terminal, args) => {
  const options = { format: { type: 'string' } } as const;
  const { values, positionals } = readArgs(terminal, args, { options, takes: 'some' });
  const json = wantsJson(terminal, values.format);
  const texts = positionals.map((typed) => splitSetting(terminal, typed));
  const door = await terminal.door();
  const inForce = await readInForce(door);
  const preview =
    inForce &&
    (await readPreview(door, { basedOn: inForce.version, settings: settingsOf(texts, inForce.policy) }));
  if (!preview) return;
  if (json) return terminal.out(plainJson(preview));
  if (preview.changes.length === 0) return terminal.say(rulesWords(terminal).nothingChanges);
  for (const line of changeLines(terminal, preview.changes)) terminal.out(line);
  for (const line of effectLines(terminal, preview.effects)) terminal.out(line);
};

/** Puts the settings of an earlier version in force again, as a new version. */
export const backTo: Action = async (terminal, args) => {
  const options = { yes: { type: 'boolean' } } as const;
  const { values, positionals } = readArgs(terminal, args, { options, takes: 1 });
  const [version = ''] = positionals;
  if (!/^\d{1,9}$/.test(version)) throw new BadUsage(rulesWords(terminal).versionWrong(plain(version)));
  const door = await terminal.door();
  const inForce = await readInForce(door);
  const earlier = await door.policy.versions[':version'].$get({ param: { version }, query: {} });
  if (!inForce || !earlier.ok) return;
  const settings: Settings = { ...(await earlier.json()).policy };
  await saveChange(terminal, door, { basedOn: inForce.version, settings, yes: values.yes === true });
};

async function readInForce(door: Door) {
  const answer = await door.policy.$get();
  return answer.ok ? answer.json() : undefined;
}

interface PolicyChange {
  basedOn: number;
  settings: Settings;
}

async function readPreview(door: Door, { basedOn, settings }: PolicyChange): Promise<Preview | undefined> {
  const answer = await door.policy.preview.$post({ json: { basedOn, policy: settings } });
  return answer.ok ? answer.json() : undefined;
}

async function saveChange(
  terminal: Terminal,
  door: Door,
  { yes, ...change }: PolicyChange & { yes: boolean },
): Promise<void> {
  const words = rulesWords(terminal);
  const preview = await readPreview(door, change).catch((error: unknown) =>
    tellMeanwhile(terminal, door, { error, change }),
  );
  if (!preview) return;
  if (preview.changes.length === 0) return terminal.say(words.nothingChanges);
  const touched = Object.values(preview.effects).some((count) => count > 0);
  if (touched) for (const line of effectLines(terminal, preview.effects)) terminal.say(line);
  if (takesAway(preview.effects) && !yes) throw new NotDone(words.needsYes);
  const json = { ...change, expected: preview.effects };
  const saved = await door.policy
    .$patch({ json })
    .catch((error: unknown) => tellMeanwhile(terminal, door, { error, change }));
  if (saved.ok) terminal.say(terminal.words.policySaved((await saved.json()).version));
}

/** Of a change that came too late, says what is different by now; the refusal itself is said by whoever catches it. */
async function tellMeanwhile(
  terminal: Terminal,
  door: Door,
  { error, change }: { error: unknown; change: PolicyChange },
): Promise<never> {
  const words = rulesWords(terminal);
  if (isRefusal(error, 'changed-meanwhile')) {
    const version = String((await readInForce(door))?.version ?? 0);
    const query = { comparedTo: String(change.basedOn) };
    const compared = await door.policy.versions[':version'].$get({ param: { version }, query });
    const since = compared.ok ? await compared.json() : undefined;
    terminal.say(words.changedSince(change.basedOn));
    for (const line of since ? changeLines(terminal, since.changes) : []) terminal.say(line);
    if (since?.by) terminal.say(`${words.by}: ${plain(since.by)}`);
  }
  if (isRefusal(error, 'effects-changed')) {
    const preview = await readPreview(door, change);
    terminal.say(words.effectsNow);
    for (const line of preview ? effectLines(terminal, preview.effects) : []) terminal.say(line);
  }
  throw error;
}

function splitSetting({ words }: Terminal, typed: string): [string, string] {
  const at = typed.indexOf('=');
  if (at < 1) throw new BadUsage(words.badSetting(plain(typed)));
  return [typed.slice(0, at).trim(), typed.slice(at + 1).trim()];
}

function settingsOf(texts: readonly [string, string][], policy: object): Settings {
  const lists = Object.entries(policy).filter(([, value]) => Array.isArray(value));
  const arrays = new Set(lists.map(([name]) => name));
  return Object.fromEntries(texts.map(([name, text]) => [name, settingOf(text, arrays.has(name))]));
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
