import { describe, expect, test } from 'vitest';
import { openTestHouse } from '../helpers/test-house.ts';

describe('a page that says what went wrong', () => {
  test('calls the organisation by its name, and gives its help contact', async () => {
    const house = await openTestHouse({
      policy: {
        organisationName: 'Zonnehof',
        helpContact: 'https://help.example.org/',
        defaultLanguage: 'en',
      },
    });
    const browser = await house.browser().open('/nowhere');
    expect(browser.status).toBe(404);
    expect(browser.title).toContain('Zonnehof');
    expect(browser.text).not.toContain('Sparekey');
    expect(browser.document.documentElement.getAttribute('lang')).toBe('en');
    expect(browser.document.querySelector('footer a')?.getAttribute('href')).toBe(
      'https://help.example.org/',
    );
  });
});
