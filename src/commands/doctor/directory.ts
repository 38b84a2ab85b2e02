import { checkDirectory } from '../../directory/ldap/check.ts';
import { type Check, good } from './check.ts';

/** The directory, where people are kept elsewhere: each server answers, shows people and rules, and gives the rights that are needed. */
export const directory: Check = {
  name: 'Directory',
  async run({ config: { directory: settings }, now }) {
    return settings === undefined
      ? [good('Sparekey keeps the people and passwords itself.')]
      : checkDirectory(settings, now);
  },
};
