import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** URLs in the order in which they are asked, with spaces or commas between them. */
const gateways = (schemes: RegExp) =>
  z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((one) => one !== ''))
    .refine(
      (urls) => urls.every((one) => URL.canParse(one) && schemes.test(new URL(one).protocol)),
      'must be URLs such as twilio://ACCOUNT:TOKEN@api.twilio.com?from=+31970000000, https://sms.example.org/send?secret=whsec_… or (texts only) smpps://NAME:PASSWORD@smsc.example.org?from=Sparekey',
    );

const smtpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^smtps?:/.test(text),
    'must be a URL such as smtps://user:password@mail.example.org',
  )
  .refine(
    (text) => !URL.canParse(text) || ['required', 'optional', null].includes(tlsOf(text)),
    'has a tls that is neither required nor optional',
  )
  .refine(
    (text) => !URL.canParse(text) || tlsOf(text) !== 'optional' || loopback.test(new URL(text).hostname),
    'may say tls=optional for a server on this machine only: mail carries codes',
  );

function tlsOf(url: string): string | null {
  return new URL(url).searchParams.get('tls');
}

/** What a message costs, by country (ISO code, `*` for all others) in millionths of the currency. */
export interface Prices {
  readonly currency: string;
  readonly byCountry: ReadonlyMap<string, number>;
}

const prices = z
  .string()
  .regex(
    /^[A-Z]{3}( +([A-Z]{2}|\*)=\d{1,4}(\.\d{1,6})?)+$/,
    'must be a currency and prices by country, such as EUR NL=0.075 *=0.12',
  )
  .transform((text): Prices => {
    const [currency = '', ...each] = text.split(/ +/);
    const pairs = each.map((one) => one.split('='));
    return {
      currency,
      byCountry: new Map(
        pairs.map(([country = '', price]) => [country, Math.round(Number(price) * 1_000_000)]),
      ),
    };
  });

/** The variables that say how messages go out, and what they cost. */
export const deliverySettings = {
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: z.email('must be an address such as sparekey@example.org').default('sparekey@example.org'),
  DKIM_DOMAIN: z
    .string()
    .regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/i, 'must be a domain such as example.org')
    .optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9.-]+$/i, 'must be the name before ._domainkey, such as sparekey')
    .optional(),
  DKIM_KEY: z.string().min(1, 'must name a file').optional(),
  TEXT_GATEWAYS: gateways(/^(twilio|twilio\+http|https?|smpps?):$/).default([]),
  CALL_GATEWAYS: gateways(/^(twilio|twilio\+http|https?):$/).default([]),
  TEXT_PRICES: prices.optional(),
  CALL_PRICES: prices.optional(),
};

interface DkimSet {
  DKIM_DOMAIN?: string | undefined;
  DKIM_SELECTOR?: string | undefined;
  DKIM_KEY?: string | undefined;
}

/** What is wrong with the settings of DKIM: all three or none, and a key that can be read. */
export function dkimFaults(set: DkimSet): string[] {
  const { DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY } = set;
  const given = [DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY].filter((one) => one !== undefined);
  if (given.length === 0) return [];
  if (given.length < 3)
    return ['DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY belong together: set all three, or none.'];
  return isPrivateKey(DKIM_KEY ?? '')
    ? []
    : ['DKIM_KEY names no file that holds a private key in PEM and that this user can read.'];
}

/** How mails are signed; undefined when they are not. */
export function dkimOf({ DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY: file }: DkimSet) {
  if (domain === undefined || selector === undefined || file === undefined) return undefined;
  return { domain, selector, keyFile: resolve(file) };
}

function isPrivateKey(file: string): boolean {
  try {
    return /-----BEGIN (RSA )?PRIVATE KEY-----/.test(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}
