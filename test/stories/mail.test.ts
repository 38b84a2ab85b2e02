import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Browser } from '../helpers/browser.ts';
import { askMailCode, signIn, typeCode, wordsOn } from '../helpers/journeys.ts';
import { type SmtpHelper, startSmtpServer } from '../helpers/smtp-server.ts';
import { minute, openTestHouse, type TestHouse } from '../helpers/test-house.ts';

const page = '/register/authentication-email';

describe('by a real mail server', () => {
  let server: SmtpHelper;
  beforeEach(async () => {
    server = await startSmtpServer();
  });
  afterEach(() => server.close());

  async function openMailHouse(): Promise<TestHouse> {
    return openTestHouse({
      env: { SMTP_URL: server.url, MAIL_FROM: 'sparekey@example.org' },
      policy: { organisationName: 'Bakkerij “Zoë & Zn.”' },
    });
  }

  /** The newest mail, after the queue has been emptied. */
  async function newestMail(house: TestHouse) {
    await house.house.delivery.drain();
    const newest = server.mails.at(-1);
    if (!newest) throw new Error('no mail came');
    return newest;
  }

  test.each(['nl', 'en'] as const)(
    'an address is registered by the code in its mail (%s)',
    async (language) => {
      const house = await openMailHouse();
      await house.addPerson('jan', { language });
      const browser = await signIn(house, 'jan');
      await askMailCode(browser, ' Jan.Jansen@Example.COM ');
      expect(browser.path).toBe(`${page}/code`);
      const { methods, messages, register } = wordsOn(browser);
      expect(browser.text).toContain(methods.masks.address('J', 'example.com'));

      const { mail, recipients, encrypted, raw } = await newestMail(house);
      expect(recipients).toEqual(['Jan.Jansen@example.com']);
      expect(encrypted).toBe(true);
      expect(mail.from?.value).toEqual([{ name: 'Bakkerij “Zoë & Zn.”', address: 'sparekey@example.org' }]);
      expect(mail.subject).toBe(messages.code.subject({ organisation: 'Bakkerij “Zoë & Zn.”' }));
      const code =
        /\b(\d{3}) (\d{3})\b/
          .exec(mail.text ?? '')
          ?.slice(1)
          .join('') ?? '';
      const html = mail.html || '';
      expect(html).toContain(`<strong>${code.slice(0, 3)} ${code.slice(3)}</strong>`);
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).toContain('Zoë &amp; Zn.');
      expect(mail.text).toContain(messages.code.keep);
      for (const part of [html, mail.text ?? ''])
        expect(part, 'images, links and trackers').not.toMatch(/<img|src=|https?:|url\(/i);
      expect(mail.subject).not.toContain(code);
      expect(raw).toMatch(/multipart\/alternative/);

      await typeCode(browser, code);
      expect(browser.row(methods.names['authentication-email'])).toContain(register.states.ready);
      const notice = await newestMail(house);
      expect(notice.recipients).toEqual(['Jan.Jansen@example.com']);
      expect(notice.mail.subject).toBe(messages.noticeSubject({ organisation: 'Bakkerij “Zoë & Zn.”' }));
      expect(notice.mail.text).not.toMatch(/\d{3} \d{3}/);
    },
  );

  test('an address in another script is reached as it is, and shown as people read it', async () => {
    const house = await openMailHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    await askMailCode(browser, 'zoë@bücher.example');
    expect(browser.text).toContain('adres dat begint met z, bij bücher.example');
    const { mail, recipients } = await newestMail(house);
    expect(recipients).toEqual(['zoë@bücher.example']);
    const code =
      /\b(\d{3}) (\d{3})\b/
        .exec(mail.text ?? '')
        ?.slice(1)
        .join('') ?? '';
    await typeCode(browser, code);
    expect(browser.row('Eigen e-mailadres')).toContain('bij bücher.example');
  });

  test('a mail server that is away costs nothing: the mail comes when it is back', async () => {
    const house = await openMailHouse();
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    server.refuseWith({ at: 'recipient', code: 451 });
    await askMailCode(browser, 'jan@example.com');
    await house.house.delivery.drain();
    expect(server.mails).toEqual([]);
    server.refuseWith(null);
    house.wait(2 * minute);
    const { mail } = await newestMail(house);
    await typeCode(
      browser,
      /\b(\d{3}) (\d{3})\b/
        .exec(mail.text ?? '')
        ?.slice(1)
        .join('') ?? '',
    );
    expect(browser.path).toBe('/register');
  });
});

const problemAtField = (browser: Browser) =>
  browser.document.querySelector('.field.wrong .problem')?.textContent?.replace(/^(Fout|Error): /, '');

test.each(['nl', 'en'] as const)(
  'an address that cannot be used is refused at its field, with the reason and what was typed (%s)',
  async (language) => {
    const house = await openTestHouse({
      policy: { ownMailDomains: ['example.org', 'xn--bcher-kva.example'] },
    });
    await house.addPerson('jan', { language, workMailbox: 'jan@work.example' });
    const browser = await signIn(house, 'jan');
    const { problems } = wordsOn(browser);
    const cases: [string, keyof typeof problems][] = [
      ['', 'email-empty'],
      ['jan', 'email-unreadable'],
      ['jan@', 'email-unreadable'],
      ['jan@example', 'email-unreadable'],
      ['jan@example.com, piet@example.com', 'email-unreadable'],
      ['"jan"@example.com', 'email-unreadable'],
      ['jan@[127.0.0.1]', 'email-unreadable'],
      [`${'j'.repeat(65)}@example.com`, 'email-too-long'],
      ['jan@example.org', 'email-own-domain'],
      ['jan@mail.EXAMPLE.org', 'email-own-domain'],
      ['jan@bücher.example', 'email-own-domain'],
      ['Jan@WORK.example', 'email-own-mailbox'],
      ['jan+thuis@work.example', 'email-own-mailbox'],
    ];
    for (const [typed, problem] of cases) {
      await askMailCode(browser, typed);
      expect(browser.path).toBe(page);
      expect(browser.problems, typed).toEqual([problems[problem]]);
      expect(problemAtField(browser)).toBe(problems[problem]);
      const input = browser.document.querySelector('input[name=address]');
      expect(input?.getAttribute('value')).toBe(typed);
    }
    await askMailCode(browser, 'jan@example.com');
    expect((await house.newMessages()).map(({ to }) => to)).toEqual(['jan@example.com']);
  },
);
