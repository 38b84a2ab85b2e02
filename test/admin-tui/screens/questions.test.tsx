import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questionsScreen } from '../../../admin-tui/screens/questions.ts';
import { type AdminHouse, openAdminHouse } from '../../helpers/admin-house.ts';
import { hugo, kitAt, openScreen } from './open-screen.tsx';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

function openQuestions(seat: Parameters<typeof kitAt>[1] = {}, rows = 50) {
  const kit = kitAt(house, seat);
  return openScreen(kit, questionsScreen(kit), { columns: 100, rows });
}

describe('the approved questions', () => {
  it('are added, in one language or both, and shown in one’s own', async () => {
    const screen = openQuestions();
    await screen.see(/\d+ vragen zijn goedgekeurd/);
    await screen.press({ letter: 'n' });
    await screen.see('Nieuwe vraag');
    await screen.press('save');
    await screen.see(/› Nederlands\n +Fout: Geef de vraag in minstens één taal./);
    await screen.type('Welk boek las u steeds opnieuw?\rWhich book did you read over and over?');
    await screen.press('enter');
    await screen.see('De vraag is toegevoegd en staat aan.');
    await screen.press('end');
    await screen.see(/› aan +Welk boek las u steeds opnieuw\? +eigen/);
    await openQuestions({ language: 'en' }).see(/on +Which book did you read over and over\? +custom/);
  });

  it('are read whole where one is, however narrow the window', async () => {
    const kit = kitAt(house, { language: 'en' });
    const screen = openScreen(kit, questionsScreen(kit), { columns: 70, rows: 24 });
    expect(await screen.see(/› on +Which dish/)).toMatch(/In which shop of long ago do you still.*…/);
    await screen.press('down', 'down');
    await screen.see(
      /› on +In which shop.*…\n +In which shop of long ago do you still know where\s+everything was/,
    );
  });

  it('are edited: a correction keeps the question, another meaning makes a new one', async () => {
    const screen = openQuestions();
    await screen.press('end', 'enter');
    await screen.see('Vraag wijzigen');
    await screen.press('down', 'down', 'save');
    await screen.see('De vraag is verbeterd.');
    await screen.press('enter');
    await screen.see(/› Nederlands +Welk boek/);
    await screen.press('clear');
    await screen.type('Welke film zag u als eerste?');
    await screen.press('down', 'down', 'right');
    await screen.see('‹ een andere betekenis ›');
    await screen.press('save');
    const seen = await screen.see('De oude vraag is uitgezet en de nieuwe staat aan.');
    expect(seen).toMatch(/aan +Welke film zag u als eerste\? +eigen/);
    expect(seen).toMatch(/uit +Welk boek las u steeds opnieuw\? +eigen/);
  });

  it('are turned off and on, moved, and filtered', async () => {
    const screen = openQuestions();
    await screen.press('down');
    const second = /› aan +(.*?) *$/m.exec(await screen.see('› aan'))?.[1] ?? '';
    await screen.press({ letter: 'h' });
    await screen.see('De vraag is verplaatst.');
    expect(screen.read()).toMatch(/Stand +Vraag.*\n {2}› aan/);
    expect(screen.read()).toContain(`› aan    ${second}`);
    await screen.press({ letter: 'u' });
    await screen.see('De vraag is uitgezet. Wie hem gebruikt, houdt hem tot de volgende controle.');
    expect(screen.read()).toContain(`› uit    ${second}`);
    await screen.press({ letter: 't' });
    expect(await screen.see('Getoond: alleen goedgekeurde')).not.toContain(second);
    await screen.press({ letter: 't' }, 'home');
    await screen.press({ letter: 'a' });
    await screen.see(`› aan    ${second}`);
  });

  it('are looked at by helpdesk, who can change nothing', async () => {
    const seen = await openQuestions({ me: hugo }).see('vragen zijn goedgekeurd');
    expect(seen).not.toMatch(/uitzetten|nieuwe vraag|hoger/);
  });
});
