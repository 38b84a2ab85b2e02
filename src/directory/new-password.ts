import { dictionary } from '@zxcvbn-ts/language-common';

/** What a new password must differ from: names of the person and of the organisation. */
export interface PasswordRules {
  names: readonly string[];
}

export type PasswordFault =
  | 'password-too-short'
  | 'password-too-long'
  | 'password-common'
  | 'password-own-name';

const shortest = 8;
const longest = 256;

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Says why a new password is refused, or undefined when it may be kept. */
export type PasswordCheck = (password: string, rules: PasswordRules) => PasswordFault | undefined;

/**
 * Makes the check: 8 to 256 characters, no composition rules, not on the list of common ones (that of
 * `@zxcvbn-ts/language-common`), not holding a name (NIST SP 800-63B-4 §3.1.1.2). The caller normalises to NFC; nothing
 * is ever cut.
 */
export function makePasswordCheck(): PasswordCheck {
  const common = new Set(dictionary['passwords-common']);
  return (password, { names }) => {
    const length = [...password].length;
    if (length < shortest) return 'password-too-short';
    if (length > longest) return 'password-too-long';
    const folded = fold(password);
    if (common.has(folded)) return 'password-common';
    const held = names.map(fold).filter((name) => name.length >= 3);
    return held.some((name) => folded.includes(name)) ? 'password-own-name' : undefined;
  };
}
