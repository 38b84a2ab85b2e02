import { bodyOf } from '../body-of.ts';
import type { Do, FormScreen, ListScreen, Next, Row, Tools, Values } from '../stage/screen.ts';
import { shownOnce } from './administrators.ts';
import { momentOf } from './standing.ts';

const scopes = ['read', 'people', 'policy', 'status', 'metrics'] as const;

/** Named tokens for scripts and other systems. */
export function apiTokensScreen({ words }: Tools): ListScreen {
  const { tokens } = words;
  return {
    kind: 'list',
    title: tokens.title,
    page: async (tools) => {
      const told = await bodyOf(tools.door()['api-tokens'].$get());
      const rows = told.tokens.map(
        (token): Row => ({
          id: token.id,
          cells: [
            token.name,
            token.scopes.map((scope) => tokens.scopes[scope]).join(', '),
            token.madeBy,
            token.revokedAt === null ? tokens.until(momentOf(token.expiresAt)) : tokens.revoked,
            momentOf(token.lastUsedAt),
          ],
          keys: token.revokedAt === null ? [{ legend: tokens.revokeKey, do: revoke(token.id) }] : [],
        }),
      );
      const add: Do = async (inside) => ({ next: 'go', screen: tokenForm(inside) });
      return { head: tokens.head, rows, empty: tokens.none, keys: [{ legend: tokens.makeKey, do: add }] };
    },
  };
}

function tokenForm({ words }: Tools): FormScreen {
  const { tokens, stage } = words;
  const whether = [
    { value: 'false', label: stage.no },
    { value: 'true', label: stage.yes },
  ];
  return {
    kind: 'form',
    title: tokens.makeTitle,
    intro: [tokens.makeIntro],
    typing: 'at once',
    fields: [
      { name: 'name', label: tokens.name, hint: tokens.nameHint, value: '', input: 'text' },
      ...scopes.map((scope) => ({
        name: scope,
        label: tokens.scopes[scope],
        value: 'false',
        input: whether,
      })),
      { name: 'days', label: tokens.days, hint: tokens.daysHint, value: '90', input: 'text' },
    ],
    submit: { legend: tokens.make, do: make },
  };
}

async function make(values: Values, tools: Tools): Promise<Next> {
  const chosen = scopes.filter((scope) => values[scope] === 'true');
  if (chosen.length === 0) return { next: 'problems', problems: { read: tools.words.tokens.scopeMissing } };
  const json = { name: values.name ?? '', scopes: [...chosen], days: Number(values.days) };
  const made = await bodyOf(tools.door()['api-tokens'].$post({ json }));
  return { next: 'swap', screen: shownOnce(tools, made) };
}

function revoke(id: string): Do {
  return async (tools) => {
    await bodyOf(tools.door()['api-tokens'][':id'].$delete({ param: { id } }));
    return { next: 'stay', said: tools.words.tokens.nowRevoked };
  };
}
