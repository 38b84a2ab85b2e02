import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Terminal } from '../helpers/tmux.ts';
import { password } from './story-house.ts';

/** Types and waits until it stands there, so that nothing is pressed too early. */
async function fillIn({ type, press, see }: Terminal, texts: readonly [string, string | RegExp][]) {
  for (const [text, seen] of texts) {
    if (text !== '') await type(text);
    if (text !== '') await see(text.startsWith(password) ? '*****' : text.slice(-10));
    await press('Enter');
    await see(seen);
  }
}

/** Goes to an item that is on the screen, above or below, and opens it. */
async function choose({ press, see, read }: Terminal, item: string) {
  const lines = (await see(new RegExp(`^ +(› )?${item}`, 'm'))).split('\n');
  for (let moves = 0; moves < 30; moves += 1) {
    const now = (await read()).split('\n');
    const [at, to] = [now, lines].map((screen, index) =>
      screen.findIndex(
        (line) => line.trimStart().startsWith(index === 0 ? '›' : item) || line.includes(`› ${item}`),
      ),
    );
    if (now.some((line) => line.includes(`› ${item}`))) break;
    await press((at ?? 0) < (to ?? 0) ? 'Down' : 'Up');
    await expect
      .poll(async () => (await read()).split('\n')[at ?? 0], { interval: 20, timeout: 60_000 })
      .not.toBe(now[at ?? 0]);
  }
  await see(`› ${item}`);
  await press('Enter');
}

async function becomeAdministrator(terminal: Terminal, token: string) {
  await terminal.see('› De eerste beheerder worden');
  await terminal.press('Enter');
  await terminal.see('› Code');
  await fillIn(terminal, [
    [token, '› Gebruikersnaam'],
    ['anna', '› Uw naam'],
    ['Anna Bakker', '› E-mailadres'],
    ['', '› Taal'],
    ['', '› Wachtwoord'],
    [password, '› Nog een keer'],
    [password, 'Uw account is gemaakt.'],
    [password, 'Waar wilt u heen?'],
  ]);
}

async function setPolicy(terminal: Terminal) {
  await choose(terminal, 'Beleid');
  await terminal.see('Versie 1 is van kracht.');
  await choose(terminal, 'Uitstel in dagen');
  await terminal.see('enter klaar');
  await terminal.press('C-u');
  await fillIn(terminal, [['14', '(was: 7)']]);
  await terminal.press('C-s');
  await terminal.see('Uitstel in dagen: van 7 naar 14');
  await choose(terminal, 'Bewaren als nieuwe versie');
  await terminal.see('Het beleid is bewaard als versie 2.');
}

async function addQuestion(terminal: Terminal) {
  await choose(terminal, 'Vragen');
  await terminal.type('n');
  await terminal.see('› Nederlands');
  await fillIn(terminal, [
    ['Welk boek las u steeds opnieuw?', '› Engels'],
    ['', 'De vraag is toegevoegd en staat aan.'],
  ]);
  await terminal.press('Escape');
  await terminal.see('› Vragen');
}

async function setOfficePhone(terminal: Terminal) {
  await choose(terminal, 'Personen');
  await choose(terminal, 'zoe');
  await terminal.type('k');
  await terminal.see('De kantoortelefoon van Zoë Jansen.');
  await fillIn(terminal, [['020 794 0000 toestel 12', 'nummer dat eindigt op 00, toestel 12']]);
  await terminal.press('Escape');
  await terminal.see('› zoe');
  await terminal.press('Escape');
  await terminal.see(/^ +› Personen/m);
}

async function importPeople(terminal: Terminal, file: string) {
  await choose(terminal, 'Importeren');
  await terminal.type('n');
  await terminal.see('› Bestand');
  await fillIn(terminal, [[file, 'Klaar voor een proefronde.']]);
  await terminal.type('p');
  expect(await terminal.see('Proefronde gedaan.')).toMatch(/toegevoegd +1\.000/);
  await terminal.type('u');
  await terminal.see('1.000 personen worden toegevoegd of gewijzigd');
  await choose(terminal, 'Ja, voer de import uit');
  await terminal.see('Het resultaat per rij staat in');
  const result = await readFile(file.replace('.csv', '-resultaat.csv'), 'utf8');
  expect(result.trim().split('\n')).toHaveLength(1001);
  await terminal.press('Escape');
  await terminal.see(/› mensen\.csv +klaar/);
  await terminal.press('Escape');
  await terminal.see(/^ +› Importeren/m);
}

async function sayWhoIsOverdue(terminal: Terminal) {
  await choose(terminal, 'Personen');
  await choose(terminal, 'jan');
  await terminal.type('v');
  await choose(terminal, 'Ja, vraag het');
  await terminal.see('Jan de Vries wordt gevraagd opnieuw te registreren.');
  await terminal.press('Escape');
  await terminal.see('› jan');
  await terminal.press('Escape');
  await terminal.see(/^ +› Personen/m);
  await choose(terminal, 'Te laat');
  expect(await terminal.see('In totaal 1 te laat.')).toMatch(
    /› Jan de Vries +jan +gevraagd door een beheerder/,
  );
}

/** From the first start to who is overdue, on the screens. What is pressed before a list is there waits for it. */
export async function tellMainStory(terminal: Terminal, { file, token }: { file: string; token: string }) {
  await becomeAdministrator(terminal, token);
  await setPolicy(terminal);
  await addQuestion(terminal);
  await setOfficePhone(terminal);
  await importPeople(terminal, file);
  await sayWhoIsOverdue(terminal);
}
