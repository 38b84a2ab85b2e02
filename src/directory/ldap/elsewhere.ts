import {
  AndFilter,
  Attribute,
  Change,
  EqualityFilter,
  GreaterThanEqualsFilter,
  PresenceFilter,
} from 'ldapts';
import type { Account, Elsewhere } from '../directory.ts';
import { resultCode } from './client.ts';
import { accountAttributes, accountOf, peopleFilter } from './entry.ts';
import type { Inside } from './ldap-directory.ts';

const pageSize = 500;

/** What changed since a mark, as a filter takes it: the next number of a change, or a time without its fraction. */
function sinceOf(mark: string): string {
  const [first = ''] = mark.split(' ');
  // Of numbers the mark is the last that was seen; of times as many again may come in the same second.
  if (/^\d+$/.test(first)) return String(BigInt(first) + 1n);
  return first.includes('.') ? first.replace(/\..*$/, 'Z') : first;
}

/** What only a directory elsewhere can be asked. */
export function elsewhereOf({ parts, kind, servers, find }: Inside): Elsewhere {
  const { settings, normalise } = parts;
  const attributes = accountAttributes(settings);
  const changedSince = (mark: string) =>
    new GreaterThanEqualsFilter({ attribute: kind.changeAttribute, value: sinceOf(mark) });
  return {
    async readAccount(userName) {
      const entry = await servers.asService((client) => find(client, userName));
      return entry && accountOf(settings, entry, normalise);
    },

    async *listAccounts({ since, stop }) {
      const client = await servers.openService();
      try {
        const pages = client.searchPaginated(settings.base, {
          scope: 'sub',
          paged: { pageSize },
          filter: since === null ? peopleFilter(settings) : peopleFilter(settings, changedSince(since)),
          attributes,
          explicitBufferAttributes: [settings.attributes.id],
        });
        for await (const { searchEntries } of pages) {
          yield searchEntries.flatMap((entry): Account[] => {
            const account = accountOf(settings, entry, normalise);
            return account ? [account] : [];
          });
          if (stop.aborted) return;
        }
      } catch (error) {
        throw servers.asAway(error);
      } finally {
        servers.release(client);
      }
    },

    async countAccounts() {
      const client = await servers.openService();
      try {
        let count = 0;
        const withId = new PresenceFilter({ attribute: settings.attributes.id });
        const wanted = { filter: peopleFilter(settings, withId), attributes: ['1.1'] };
        const pages = client.searchPaginated(settings.base, { scope: 'sub', paged: { pageSize }, ...wanted });
        for await (const { searchEntries } of pages) count += searchEntries.length;
        return count;
      } catch (error) {
        throw servers.asAway(error);
      } finally {
        servers.release(client);
      }
    },

    readMark: () => servers.asService((client) => kind.readMark(client)),

    async groupsChanged(since) {
      const isGroup = new EqualityFilter({ attribute: 'objectClass', value: kind.groupClass });
      const { searchEntries } = await servers.asService((client) =>
        client.search(settings.base.replace(/^.*?(?=dc=)/i, ''), {
          scope: 'sub',
          sizeLimit: 2,
          filter: new AndFilter({ filters: [isGroup, changedSince(since)] }),
          attributes: ['1.1'],
        }),
      );
      return searchEntries.length > 0;
    },

    async writeOfficePhone(userName, text) {
      const { officePhone: type } = settings.attributes;
      if (!settings.officePhoneWritable || type === '') return 'read-only';
      return servers.asService(async (client) => {
        const entry = await find(client, userName);
        if (!entry) return 'read-only';
        const modification = new Attribute({ type, values: text === null ? [] : [text] });
        try {
          await client.modify(entry.dn, new Change({ operation: 'replace', modification }));
          return 'written';
        } catch (error) {
          if (resultCode(error) === 50) return 'read-only';
          throw error;
        }
      }, 'writes');
    },
  };
}
