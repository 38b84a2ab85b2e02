import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessCodesScreen } from '../../../admin-tui/screens/access-code.ts';
import { peopleScreen } from '../../../admin-tui/screens/people.ts';
import { personScreen } from '../../../admin-tui/screens/person.ts';
import { type AdminHouse, openAdminHouse } from '../../helpers/admin-house.ts';
import { hugo, kitAt, openScreen } from './open-screen.tsx';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
  const kit = kitAt(house);
  for (const [userName, displayName] of [
    ['zoe', 'Zoë Jansen'],
    ['jan', 'Jan de Vries'],
    ['sam', 'Sam Smith'],
  ] as const)
    await kit.door().people.$post({ json: { userName, displayName } });
});
afterAll(() => house.close());

function openCard(userName: string, seat: Parameters<typeof kitAt>[1] = {}) {
  const kit = kitAt(house, seat);
  return openScreen(kit, personScreen(kit, { userName, displayName: userName }), { columns: 80, rows: 40 });
}

async function auditOf(event: string) {
  return house.deps.db.selectFrom('audit').selectAll().where('event', '=', event).execute();
}

describe('people', () => {
  it('are found as one types, by name or user name', async () => {
    const kit = kitAt(house);
    const screen = openScreen(kit, peopleScreen(kit));
    expect(await screen.see('Zoë Jansen')).toContain('Jan de Vries');
    await screen.press({ letter: '/' });
    await screen.type('vr');
    await screen.see('Naam of gebruikersnaam: vr');
    await expect.poll(screen.read).not.toContain('Zoë');
    await screen.type('x');
    await screen.see('Niemand heeft een naam die begint met “vrx”.');
    await screen.press('escape');
    await screen.see('Zoë Jansen');
  });

  it('are added, and the one-time password is shown once', async () => {
    const kit = kitAt(house);
    const screen = openScreen(kit, peopleScreen(kit));
    await screen.press({ letter: 'n' });
    await screen.type('ZOE\rNog een Zoë\r');
    await screen.press('save');
    await screen.see(/› Gebruikersnaam +ZOE\n +Fout: Deze gebruikersnaam is al in gebruik./);
    await screen.press('clear');
    await screen.type('noor');
    await screen.press('save');
    const seen = await screen.see('noor is toegevoegd');
    const password = /(\w{4}-\w{4}-\w{4}-\w{4})/.exec(seen)?.[1] ?? '';
    expect(await house.deps.directory.checkPassword('noor', password)).toBe('one-time');
    await screen.press('enter');
    expect(await screen.see('Nog een Zoë')).not.toContain(password);
  });
});

describe('a person’s card', () => {
  it('gets an office phone, with its extension', async () => {
    const screen = openCard('zoe');
    await screen.see(/Kantoortelefoon +–/);
    await screen.press({ letter: 'k' });
    await screen.type('12');
    await screen.press('enter');
    await screen.see('Fout: ');
    await screen.press('clear');
    await screen.type('020 794 0000 toestel 12');
    await screen.press('enter');
    await screen.see(/Kantoortelefoon +nummer dat eindigt op 00, toestel 12/);
    await screen.see('De kantoortelefoon is bewaard: nummer dat eindigt op 00, toestel 12.');
  });

  it('loses no office phone by one press', async () => {
    const screen = openCard('zoe');
    await screen.press({ letter: 'k' }, 'enter');
    await screen.see('De kantoortelefoon van Zoë Jansen gaat weg, en ook wat ermee bewezen was.');
    await screen.press('enter', 'escape');
    await screen.see(/Kantoortelefoon +nummer dat eindigt op 00/);
    await screen.press({ letter: 'k' }, 'enter', 'down', 'enter');
    await screen.see('De kantoortelefoon is bewaard: –.');
    await screen.press({ letter: 'k' }, 'enter');
    await screen.see('Fout: Typ het nummer van de kantoortelefoon.');
    await screen.type('020 794 0000 toestel 12');
    await screen.press('enter');
    await screen.see(/Kantoortelefoon +nummer dat eindigt op 00, toestel 12/);
  });

  it('says when there was no check yet, and when the next one is', async () => {
    const screen = openCard('jan');
    expect(await screen.see(/Laatste controle +–$/m)).not.toContain('de volgende op');
  });

  it('gets a phone filled in, with who gave consent, when and how', async () => {
    const screen = openCard('zoe');
    await screen.press({ letter: 'i' });
    await screen.see('Invullen met toestemming');
    await screen.press('down');
    await screen.type('06 12345678');
    await screen.press('save');
    await screen.see(/› Hoe\n +Fout: /);
    await screen.type('formulier 12');
    await screen.press('enter');
    const card = await screen.see('Ingevuld. Zoë Jansen moet het nog met een code bevestigen.');
    expect(card.replace(/\s+/g, ' ')).toContain(
      'nummer dat eindigt op 78, sms, ingevuld, niet bevestigd, toestemming van Zoë Jansen op',
    );
    expect(card).not.toContain('12345678');
  });

  it('shows a number in full only after it asked, and the look is in the audit', async () => {
    const screen = openCard('zoe');
    await screen.press({ letter: 't' });
    await screen.see('Wat wilt u voluit zien van Zoë Jansen? Dat u kijkt, komt in het logboek.');
    expect(await auditOf('method-revealed')).toHaveLength(0);
    await screen.press('down', 'down', 'enter');
    await screen.see('+31612345678');
    expect(await auditOf('method-revealed')).toHaveLength(1);
    await screen.press('enter');
    expect(await screen.see('Kantoortelefoon')).not.toContain('+31612345678');
  });

  it('is a menu too, for who would rather choose', async () => {
    const screen = openCard('zoe');
    await screen.press('enter');
    const menu = await screen.see('Wat wilt u doen?');
    for (const item of ['Kantoortelefoon', 'Invullen', 'Voluit tonen', 'Opnieuw vragen', 'Uitschakelen'])
      expect(menu).toContain(item);
    await screen.press('down', 'down', 'down', 'down', 'enter');
    await screen.see('Welke manier wilt u weghalen bij Zoë Jansen?');
    await screen.press('down', 'enter');
    expect(await screen.see('Weggehaald: Eigen telefoon.')).not.toContain('eindigt op 78');
  });

  it('asks before it demands, unlocks and disables', async () => {
    const screen = openCard('jan');
    await screen.press({ letter: 'v' }, 'down', 'enter');
    await screen.see('Jan de Vries wordt gevraagd opnieuw te registreren.');
    expect(screen.read()).toMatch(/Te laat +gevraagd door een beheerder, sinds/);
    await screen.press({ letter: 'o' }, 'down', 'enter');
    await screen.see('Jan de Vries kan het meteen weer proberen.');
    await screen.press({ letter: 'u' }, 'enter');
    expect(await screen.see(/Laatst aangemeld/)).not.toContain('Uitgeschakeld');
    await screen.press({ letter: 'u' }, 'down', 'enter');
    await screen.see(/Stand +uitgeschakeld/);
    await screen.press({ letter: 'u' }, 'down', 'enter');
    await screen.see('Jan de Vries is ingeschakeld.');
  });
});

describe('a block after “this wasn’t me”', () => {
  const block = () =>
    house.deps.db
      .updateTable('people')
      .set({ blocked_at: house.deps.now(), blocked_why: 'reset-disowned' })
      .where('user_name', '=', 'noor')
      .execute();

  it('is lifted together with a request for an access code, since the password may be known', async () => {
    await block();
    const screen = openCard('noor');
    await screen.see(/Geblokkeerd +sinds/);
    await screen.press({ letter: 'b' });
    const asked = await screen.see('Blokkade opheffen');
    expect(asked.replace(/\s+/g, ' ')).toContain(
      'kan er daarna weer in. Geef dus liever meteen een toegangscode',
    );
    expect(asked).toContain('› Nee, ga terug');
    await screen.press('down', 'enter');
    await screen.see('De blokkade van Nog een Zoë is opgeheven.');
    expect(screen.read()).toMatch(/› Waarom +blokkade opgeheven/);
    await screen.press('enter');
    await screen.see('Aangevraagd. Een andere beheerder moet het nog goedkeuren.');
    expect(screen.read()).not.toContain('Geblokkeerd');
    expect(await auditOf('block-lifted')).toHaveLength(1);
  });

  it('is lifted alone, and what that leaves open is said', async () => {
    await block();
    const screen = openCard('noor');
    await screen.press({ letter: 'x' });
    await screen.see('De toegangscode geldt niet meer.');
    await screen.press({ letter: 'b' }, 'end', 'enter');
    const said = await screen.see('Het oude wachtwoord geldt nog');
    expect(said).not.toContain('Geblokkeerd');
  });
});

describe('a method whose value no key opens any more', () => {
  it('is said so on the card, and is removed from there', async () => {
    const { db } = house.deps;
    const { id } = await db
      .selectFrom('people')
      .select('id')
      .where('user_name', '=', 'sam')
      .executeTakeFirstOrThrow();
    const row = { value: '1.gone.AAAA', destination: 'x', proven_at: 1, checked_at: 1, consent: null };
    await db
      .insertInto('registrations')
      .values({ person_id: id, method: 'authentication-phone', ...row })
      .execute();
    const screen = openCard('sam');
    await screen.see(/Eigen telefoon +is niet meer te lezen, bevestigd op/);
    await screen.press({ letter: 'w' }, 'down', 'enter');
    expect(await screen.see('Weggehaald: Eigen telefoon.')).not.toContain('is niet meer te lezen');
  });
});

describe('helpdesk before somebody with special rights', () => {
  it('sees the masks, and can do nothing', async () => {
    const kit = kitAt(house);
    const shown = await (await kit.door().policy.$get()).json();
    if (!('policy' in shown)) throw new Error('no policy');
    const { policy, version } = shown;
    const json = { policy: { ...policy, privilegedGroups: ['Beheer'] }, basedOn: version };
    expect((await kit.door().policy.$put({ json })).status).toBe(200);
    await kit.door().people[':userName'].$patch({ param: { userName: 'zoe' }, json: { groups: ['Beheer'] } });
    const screen = openCard('zoe', { me: hugo });
    const card = await screen.see('bijzondere groep');
    expect(card).toContain('nummer dat eindigt op 00');
    expect(card).not.toMatch(/opnieuw vragen|deblokkeren|toegangscode|menu/);
    for (const letter of ['v', 'o', 'c', 'k']) await screen.press({ letter });
    await screen.press('enter');
    expect(await screen.see('bijzondere groep')).toBe(card);
    expect(await openCard('jan', { me: hugo }).see('Jan de Vries')).toContain('toegangscode');
  });
});

describe('an access code', () => {
  it('is requested by helpdesk, approved by an administrator, and collected once', async () => {
    const screen = openCard('sam', { me: hugo });
    expect(await screen.see('toegangscode')).not.toMatch(/kantoortelefoon\b.*invullen|voluit tonen/);
    await screen.press({ letter: 'c' });
    await screen.type('telefoon kwijt');
    await screen.press('enter');
    await screen.see('Aangevraagd. Een andere beheerder moet het nog goedkeuren.');
    const kit = kitAt(house);
    const approver = openScreen(kit, accessCodesScreen(kit), { columns: 100, rows: 24 });
    expect(await approver.see('Sam Smith')).toMatch(/wacht op goedkeuring +hugo .*telefoon kwijt/);
    expect(screen.read()).not.toContain('code goedkeuren');
    await approver.press({ letter: 'a' });
    const approved = await approver.see('Goedgekeurd. Wie de code aanvroeg, kan hem nu ophalen.');
    expect(approved).not.toContain('code ophalen');
    await screen.press('escape');
    const collecting = openCard('sam', { me: hugo });
    await collecting.see('op te halen');
    await collecting.press({ letter: 'h' });
    await collecting.see('Lees deze code voor aan sam.');
    await collecting.press('enter');
    await collecting.see(/Toegangscode +aangevraagd door hugo, opgehaald/);
    await collecting.press({ letter: 'x' });
    await collecting.see('De toegangscode geldt niet meer.');
  });
});
