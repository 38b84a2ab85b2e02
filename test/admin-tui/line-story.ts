import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Terminal } from '../helpers/tmux.ts';
import { password } from './story-house.ts';

/** What stands on the last line: the choice, or the question. */
async function lastLine({ read }: Terminal): Promise<string> {
  return (await read()).trimEnd().split('\n').at(-1) ?? '';
}

async function hear(terminal: Terminal, what: RegExp) {
  await expect.poll(() => lastLine(terminal), { timeout: 60_000, interval: 40 }).toMatch(what);
}

/** Goes down until the choice is this one, and presses enter. */
async function choose(terminal: Terminal, item: string) {
  await hear(terminal, /^\d+ van \d+: /);
  for (let moves = 0; moves < 40; moves += 1) {
    const line = await lastLine(terminal);
    if (line.includes(`: ${item}`)) break;
    const [, at, count] = /^(\d+) van (\d+)/.exec(line) ?? [];
    await terminal.press(at === count ? 'Home' : 'Down');
    await expect.poll(() => lastLine(terminal), { interval: 20, timeout: 60_000 }).not.toBe(line);
  }
  await terminal.press('Enter');
}

/** Answers the questions one by one; the words are those that the question must have. */
async function answer(terminal: Terminal, answers: readonly [RegExp, string][]) {
  for (const [question, text] of answers) {
    await hear(terminal, question);
    if (text !== '') await terminal.type(text);
    await terminal.press('Enter');
  }
}

async function becomeAdministrator(terminal: Terminal, token: string) {
  await choose(terminal, 'De eerste beheerder');
  await answer(terminal, [
    [/Veld 1 van 7, Code:/, token],
    [/Gebruikersnaam:/, 'anna'],
    [/Uw naam:/, 'Anna'],
    [/E-mailadres:/, ''],
    [/Taal:/, ''],
    [/Wachtwoord, wordt niet getoond:/, password],
    [/Nog een keer, wordt niet getoond:/, password],
    [/Veld 2 van 2, Wachtwoord/, password],
  ]);
  await hear(terminal, /1 van 11: Overzicht/);
}

async function setPolicy(terminal: Terminal) {
  await choose(terminal, 'Beleid');
  await hear(terminal, /Veld 1 van 27, Wie doet mee: iedereen/);
  for (const field of ['in deze groepen', 'maar niet in', 'Registreren verplicht', 'Uitstel in dagen: 7']) {
    await terminal.press('Down');
    await hear(terminal, new RegExp(field));
  }
  await terminal.press('Enter');
  await hear(terminal, /Uitstel in dagen: 7$/);
  await terminal.press('BSpace');
  await terminal.type('14');
  await hear(terminal, /Uitstel in dagen: 14$/);
  await terminal.press('Enter', 'C-s');
  await choose(terminal, 'Bewaren als nieuwe versie');
  await terminal.see('Het beleid is bewaard als versie 2.');
}

async function addQuestion(terminal: Terminal) {
  await choose(terminal, 'Vragen');
  await hear(terminal, /1 van 28: /);
  await terminal.type('n');
  await answer(terminal, [
    [/Nederlands: $|Nederlands:$/, 'Welk boek las u steeds opnieuw?'],
    [/Engels:/, ''],
  ]);
  await terminal.see('De vraag is toegevoegd en staat aan.');
  await hear(terminal, /1 van 29: /);
  await terminal.press('Escape');
  await hear(terminal, /van 11: Vragen/);
}

async function setOfficePhone(terminal: Terminal) {
  await choose(terminal, 'Personen');
  await choose(terminal, 'Zoë Jansen');
  await terminal.see('Kantoortelefoon: –');
  await terminal.type('k');
  await answer(terminal, [[/Kantoortelefoon:/, '020 794 0000 toestel 12']]);
  await terminal.see('Kantoortelefoon: nummer dat eindigt op 00, toestel 12');
  await terminal.press('Escape');
  await hear(terminal, /Zoë Jansen, zoe/);
  await terminal.press('Escape');
  await hear(terminal, /van 11: Personen/);
}

async function importPeople(terminal: Terminal, file: string) {
  await choose(terminal, 'Importeren');
  await terminal.type('n');
  await answer(terminal, [[/Bestand:/, file]]);
  await terminal.see('Klaar voor een proefronde.');
  await terminal.type('p');
  await terminal.see('toegevoegd: 1.000');
  await terminal.type('u');
  await terminal.see('1.000 personen worden toegevoegd of gewijzigd');
  await choose(terminal, 'Ja, voer de import uit');
  await terminal.see('Het resultaat per rij staat in');
  const result = await readFile(file.replace('.csv', '-resultaat.csv'), 'utf8');
  expect(result.trim().split('\n')).toHaveLength(1001);
}

interface Given {
  file: string;
  token: string;
}

/** The same story, line by line. */
export async function tellLineStory(terminal: Terminal, { file, token }: Given) {
  await becomeAdministrator(terminal, token);
  await setPolicy(terminal);
  await addQuestion(terminal);
  await setOfficePhone(terminal);
  await importPeople(terminal, file);
  await terminal.press('Escape');
  await hear(terminal, /mensen\.csv/);
  await terminal.press('Escape');
  await hear(terminal, /van 11: Importeren/);
  await choose(terminal, 'Te laat');
  await terminal.see('Niemand is te laat.');
}
