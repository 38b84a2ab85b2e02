/** Shows of a mail address what its owner knows it by: the first letter and the domain. */
export function maskedAddress(address: string): string {
  return `${Array.from(address)[0] ?? ''}…${address.slice(address.lastIndexOf('@'))}`;
}
