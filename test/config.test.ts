import { describe, expect, test } from 'vitest';
import { BadConfig, readConfig } from '../src/config/config.ts';

/** The faults of a configuration, or nothing when it is taken. */
function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof BadConfig) return error.faults;
    throw error;
  }
}

describe('the configuration', () => {
  test('has a default for everything', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      baseUrl: 'http://127.0.0.1:3000',
      baseUrlGiven: false,
      delivery: { kind: 'terminal' },
      smtpUrl: undefined,
      redis: undefined,
      trustProxy: false,
      logLevel: 'info',
    });
    expect(config.databaseFile).toMatch(/\/data\/sparekey\.db$/);
  });

  test('tells every fault at once, each with the name of its variable', () => {
    const faults = faultsOf({
      PORT: '70000',
      BASE_URL: 'sparekey.example.org',
      REDIS_URL: 'http://127.0.0.1',
      DELIVERY: 'pigeon',
      SMTP_URL: 'mail.example.org',
      MAIL_FROM: 'nobody',
      LOG_LEVEL: 'loud',
      SPAREKEY_TRIAL_PASSWORD: 'short',
      SPAREKEY_HASHING_WORKERS: '0',
      SPAREKEY_HASHING_WAITING: 'many',
      SPAREKEY_COLOUR: 'blue',
    });
    const names = faults.map((fault) => fault.split(' ')[0]).toSorted();
    expect(names).toEqual([
      'BASE_URL',
      'DELIVERY',
      'LOG_LEVEL',
      'MAIL_FROM',
      'PORT',
      'REDIS_URL',
      'SMTP_URL',
      'SPAREKEY_COLOUR',
      'SPAREKEY_HASHING_WAITING',
      'SPAREKEY_HASHING_WORKERS',
      'SPAREKEY_TRIAL_PASSWORD',
    ]);
    for (const fault of faults) expect(fault).toMatch(/\.$/);
  });

  test('mail takes TLS unless its server is this machine and the URL says so', () => {
    for (const host of ['mail.example.org', '127.0.0.1.example.org', '10.0.0.1'])
      expect(faultsOf({ SMTP_URL: `smtp://${host}?tls=optional` })).toHaveLength(1);
    for (const host of ['127.0.0.1', 'localhost', '[::1]'])
      expect(faultsOf({ SMTP_URL: `smtp://${host}:25?tls=optional` })).toEqual([]);
    expect(faultsOf({ SMTP_URL: 'smtp://localhost?tls=never' })).toHaveLength(1);
  });

  test('DKIM takes a domain, a selector and a key that can be read, or nothing', () => {
    expect(faultsOf({ DKIM_DOMAIN: 'example.org' })).toHaveLength(1);
    const three = { DKIM_DOMAIN: 'example.org', DKIM_SELECTOR: 'sk', DKIM_KEY: 'package.json' };
    expect(faultsOf(three)).toHaveLength(1);
    expect(faultsOf({ ...three, DKIM_KEY: 'no/such/file' })).toHaveLength(1);
  });

  test('prices are a currency and an amount by country', () => {
    const { textPrices } = readConfig({ TEXT_PRICES: 'EUR NL=0.075 BE=0.1 *=0.12' });
    expect(textPrices?.currency).toBe('EUR');
    expect([...(textPrices?.byCountry ?? [])]).toEqual([
      ['NL', 75_000],
      ['BE', 100_000],
      ['*', 120_000],
    ]);
    for (const wrong of ['NL=0.1', 'EUR', 'EUR NL=-1', 'euro NL=1'])
      expect(faultsOf({ CALL_PRICES: wrong })).toHaveLength(1);
  });

  test('never repeats a value: it may be a secret', () => {
    const faults = faultsOf({ SMTP_URL: 'mail:hunter2@example.org', SPAREKEY_TRIAL_PASSWORD: 'hunter2' });
    expect(faults).toHaveLength(2);
    expect(faults.join()).not.toContain('hunter2');
  });

  test('takes an empty value for one that is not there, and other programs’ variables for none of its business', () => {
    expect(
      faultsOf({ PORT: '', DELIVERY: '', SPAREKEY_TRIAL_PASSWORD: '', HOME: '/root', FOO: 'x' }),
    ).toEqual([]);
  });

  test.each<[Record<string, string>, object]>([
    [
      { PORT: '8080', HOST: '0.0.0.0' },
      { port: 8080, host: '0.0.0.0', baseUrl: 'http://0.0.0.0:8080' },
    ],
    [{ HOST: '::1' }, { baseUrl: 'http://[::1]:3000' }],
    [
      { BASE_URL: 'https://sparekey.example.org/' },
      { baseUrl: 'https://sparekey.example.org', baseUrlGiven: true },
    ],
    [{ DELIVERY: 'folder:/tmp/messages' }, { delivery: { kind: 'folder', path: '/tmp/messages' } }],
    [{ DELIVERY: 'live' }, { delivery: { kind: 'live' } }],
    [{ TRUST_PROXY: '1' }, { trustProxy: 1 }],
    [{ TRUST_PROXY: '10.0.0.0/8' }, { trustProxy: '10.0.0.0/8' }],
  ])('%j', (env, config) => {
    expect(readConfig(env)).toMatchObject(config);
  });
});
