/** What a request at the administrators' door can need. */
export const allRights = [
  'any',
  'own',
  'read',
  'audit',
  'help',
  'people',
  'approve',
  'reveal',
  'policy',
  'administrators',
  'status',
  'metrics',
] as const;
export type Right = (typeof allRights)[number];
export type Rights = ReadonlySet<Right>;

/** Administrators may do everything; helpdesk sees masks and gives first aid. */
export const roles = ['administrator', 'helpdesk'] as const;
export type Role = (typeof roles)[number];

/** What an API token can be made for. */
export const scopes = ['read', 'people', 'policy', 'status', 'metrics'] as const;
export type Scope = (typeof scopes)[number];

const ofRole = {
  administrator: allRights,
  helpdesk: ['any', 'own', 'read', 'help', 'status'],
} satisfies Record<Role, readonly Right[]>;

/** No scope reaches what only a person at a terminal may do: own matters, approving, revealing, administrators. */
const ofScope = {
  read: ['any', 'read', 'audit', 'status'],
  people: ['any', 'read', 'help', 'people', 'status'],
  policy: ['any', 'read', 'policy'],
  status: ['any', 'status'],
  metrics: ['any', 'metrics'],
} satisfies Record<Scope, readonly Right[]>;

/** What somebody who signed in may do. */
export function rightsOfRole(role: Role): Rights {
  return new Set<Right>(ofRole[role]);
}

/** What an API token may do: what its scopes give, and never more than its maker's role. */
export function rightsOfScopes(given: readonly Scope[], role: Role): Rights {
  const rights = new Set<Right>(given.flatMap((scope) => ofScope[scope]));
  return new Set([...rights].filter((right) => rightsOfRole(role).has(right)));
}
