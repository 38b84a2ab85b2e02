import { expect, it, onTestFinished } from 'vitest';
import { adminCommand, password, startHouse } from '../../admin-tui/story-house.ts';
import { needs } from '../../helpers/needs.ts';
import { startFenrir, type TerminalListener } from './fenrir.ts';

async function answer(me: TerminalListener, answers: readonly [string, string][]): Promise<void> {
  for (const [question, text] of answers) {
    await me.hear(question);
    if (text !== '') await me.type(text);
    await me.press('Enter');
  }
}

async function becomeAdministrator(me: TerminalListener, token: string): Promise<void> {
  await me.hear('1 van 1: De eerste beheerder worden');
  await me.press('Enter');
  await answer(me, [
    ['Veld 1 van 7, Code:', token],
    ['Veld 2 van 7, Gebruikersnaam:', 'anna'],
    ['Veld 3 van 7, Uw naam:', 'Anna'],
    ['Veld 4 van 7, E-mailadres:', ''],
    ['Veld 5 van 7, Taal: Nederlands', ''],
    ['Veld 6 van 7, Wachtwoord, wordt niet getoond:', password],
    ['Veld 7 van 7, Nog een keer, wordt niet getoond:', password],
    ['Veld 2 van 2, Wachtwoord, wordt niet getoond:', password],
  ]);
  await me.hear('Welkom, Anna. Waar wilt u heen?', '1 van 11: Overzicht');
}

async function lookAtOverview(me: TerminalListener): Promise<void> {
  await me.choose('Overzicht');
  await me.hear('doet mee: 3', 'geregistreerd: 0', 'te laat: 0', '1 van 11: Van iedereen. doet mee: 3');
  await me.press('C-x');
  await me.hear('1 van 11: Overzicht');
}

async function setPolicy(me: TerminalListener): Promise<void> {
  await me.choose('Beleid');
  await me.hear('Versie 1 is van kracht.', 'Veld 1 van 27, Wie doet mee: iedereen');
  for (const field of ['in deze groepen', 'maar niet in', 'Registreren verplicht', 'Uitstel in dagen: 7']) {
    await me.press('Down');
    await me.hear(field);
  }
  // What is typed Fenrir says by the character or by the line, as it comes; what it led to is said after it.
  await me.press('Enter', 'BSpace');
  await me.type('14');
  await me.press('Enter', 'C-s');
  await me.hear('Uitstel in dagen: van 7 naar 14', 'Voor niemand verandert er nu iets.');
  await me.choose('Bewaren als nieuwe versie');
  await me.hear('Het beleid is bewaard als versie 2.');
}

async function setOfficePhone(me: TerminalListener): Promise<void> {
  await me.choose('Personen');
  await me.choose('Zoë Jansen');
  await me.hear('Kantoortelefoon: –');
  await me.type('k');
  await answer(me, [['Kantoortelefoon:', '020 794 0000 toestel 12']]);
  await me.hear('Kantoortelefoon: nummer dat eindigt op 00, toestel 12');
  await me.press('C-x');
  await me.hear('Zoë Jansen, zoe');
  await me.press('C-x');
  await me.hear('van 11: Personen');
}

needs('fenrir', 'tmux')('Fenrir', () => {
  it('says the administrators’ main story, line by line, without colour in a dumb terminal', async () => {
    const { folder, token } = await startHouse();
    const me = await startFenrir(folder, adminCommand(folder, ['TERM=dumb', 'NO_COLOR=1']));
    onTestFinished(() => me.keep('terminal-fenrir'));
    await becomeAdministrator(me, token);
    await lookAtOverview(me);
    await setPolicy(me);
    await setOfficePhone(me);
    await me.choose('Te laat');
    await me.hear('Niemand is te laat.');
    expect(await me.said()).not.toContain(password);
  });
});
