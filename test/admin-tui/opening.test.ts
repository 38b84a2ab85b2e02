import { expect, it, onTestFinished } from 'vitest';
import { openAdminHouse } from '../helpers/admin-house.ts';
import { needs } from '../helpers/needs.ts';
import { openAdmin } from './story-house.ts';
import { typeCommand } from './type-command.ts';

async function house() {
  const opened = await openAdminHouse();
  onTestFinished(opened.close);
  return opened;
}

it('without a terminal the screens say so and point to the commands', async () => {
  const { dataDir } = await house();
  const told = await typeCommand(dataDir, [], { LANG: 'nl_NL.UTF-8' });
  expect(told).toMatchObject({ code: 0, said: expect.stringContaining('De opdrachten doen hetzelfde') });
  expect(told.out).toContain('people');
});

needs('tmux')('the screens in a real terminal', () => {
  const size = { columns: 80, rows: 24 };
  const folderOf = (dataDir: string) => dataDir.replace(/\/data$/, '');

  it('follow the size of the window, and leave nothing behind', async () => {
    const { dataDir } = await house();
    const terminal = await openAdmin(folderOf(dataDir), { size });
    await terminal.see('› Aanmelden');
    await terminal.resize(50, 12);
    expect(
      (await terminal.see('Dit venster is te klein.')).split('\n').filter((line) => line.trim()),
    ).toHaveLength(2);
    await terminal.resize(100, 30);
    const seen = await terminal.see('› Aanmelden');
    expect(seen).toMatch(/^ {2}─{96}$/m);
    expect(seen).not.toContain('te klein');
    expect(seen.match(/Sparekey › Welkom/g)).toHaveLength(1);
  });

  it('have no colours when NO_COLOR says so, and have them otherwise', async () => {
    const { dataDir } = await house();
    const plain = await openAdmin(folderOf(dataDir), { size, env: ['NO_COLOR=1'] });
    await plain.see('› Aanmelden');
    expect(await plain.readLooks()).not.toContain('\u001b[');
    const coloured = await openAdmin(folderOf(dataDir), { size });
    await coloured.see('› Aanmelden');
    expect(await coloured.readLooks()).toContain('\u001b[');
  });

  it.each(['SPAREKEY_LINES=1', 'TERM=dumb'])(
    'with %s speak line by line, in the language that is asked for',
    async (variable) => {
      const { dataDir } = await house();
      const env = [variable, 'LANG=en_GB.UTF-8'];
      const terminal = await openAdmin(folderOf(dataDir), { size, env });
      expect(await terminal.see('1 of 3: Sign in')).not.toContain('─');
    },
  );

  it('give the terminal back as it was', async () => {
    const { dataDir } = await house();
    const program = await openAdmin(folderOf(dataDir), { size, shell: true });
    await program.see('› Aanmelden');
    await program.press('q');
    await program.see('the shell is back');
    expect(await program.read()).not.toContain('Sparekey › Welkom');
  });
});
