import type { Rights, Role } from './rights.ts';

/** By which way somebody came in. */
export type Via = 'socket' | 'tcp';

/** Who stands behind a request at the administrators' door. An API token acts as the administrator who made it. */
export interface SignedIn {
  id: string;
  name: string;
  displayName: string;
  role: Role;
  via: Via | 'api-token';
  token: { id: string; name: string } | null;
  rights: Rights;
}
