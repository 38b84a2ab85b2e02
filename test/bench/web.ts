import { type Figure, medianOf, quantileOf } from './figures.ts';
import { ask, type FarHouse, openSignIn, repeat, signIn, withHouse } from './house-client.ts';

const rounds = 5;
/** Pages are measured in turns: a machine that is slower for a second is so for all of them. */
const turns = 15;
/** Answers until the house has its code compiled as it stays. */
const warmUp = 2000;

/** The house's own processor time for one answer of this page; milliseconds. */
async function costOf(house: FarHouse, times: number, page: () => Promise<{ status: number }>) {
  const before = await house.cpu();
  const answers = await repeat(times, 4, page);
  const odd = answers.find(({ status }) => status !== 200 && status !== 303);
  if (odd) throw new Error(`a page answered ${odd.status}`);
  return ((await house.cpu()) - before) / times;
}

type Pages<Name extends string> = Record<Name, () => Promise<{ status: number }>>;

/** Measures several pages in turns, so that whatever else the machine does befalls all alike: what each cost in each turn. */
async function costsOf<Name extends string>(
  house: FarHouse,
  times: number,
  pages: Pages<Name>,
): Promise<(name: Name) => number[]> {
  const named = Object.entries<Pages<Name>[Name]>(pages);
  for (const [, page] of named) await costOf(house, warmUp, page);
  const costs = new Map<string, number[]>();
  for (let turn = 0; turn < turns; turn += 1)
    for (const [name, page] of named)
      costs.set(name, [...(costs.get(name) ?? []), await costOf(house, times, page)]);
  return (name) => costs.get(name) ?? [];
}

/** How one cost compares to another of the same turn, in the middle of all turns. */
function ratioOf(costs: readonly number[], others: readonly number[]): number {
  return medianOf(costs.map((cost, turn) => cost / (others[turn] ?? Number.NaN)));
}

const share = (name: string, value: number, least?: number): Figure => ({
  name,
  value: value * 100,
  unit: '%',
  ...(least === undefined ? {} : { limit: { at: 'least', value: least } }),
});

/** Pages against an empty page behind the same middleware and session store; several garbage collections fall into a turn. */
export async function benchPages(times = 1000): Promise<Figure[]> {
  return withHouse(async (house) => {
    const { port, emptyPort } = house;
    const cookie = await signIn(port);
    const cost = await costsOf(house, times, {
      empty: () => ask(emptyPort, '/empty', { cookie }),
      checklist: () => ask(port, '/register', { cookie }),
      phone: () => ask(port, '/register/authentication-phone', { cookie }),
      account: () => ask(port, '/account', { cookie }),
      stranger: () => ask(emptyPort, '/empty'),
      signIn: () => ask(port, '/sign-in'),
    });
    return [
      {
        name: 'empty page with a session, processor time',
        value: medianOf(cost('empty')) * 1000,
        unit: 'µs',
      },
      { name: 'checklist, processor time', value: medianOf(cost('checklist')) * 1000, unit: 'µs' },
      share('checklist: rate against an empty page', ratioOf(cost('empty'), cost('checklist')), 60),
      share('phone page: rate against an empty page', ratioOf(cost('empty'), cost('phone'))),
      share('account page: rate against an empty page', ratioOf(cost('empty'), cost('account'))),
      share(
        'sign-in page: rate against an empty page, no session',
        ratioOf(cost('stranger'), cost('signIn')),
      ),
    ];
  });
}

/** Asks for pages at a steady pace while something goes on, and gives how long they took. */
async function pagesWhile(port: number, cookie: string, going: Promise<unknown>): Promise<number[]> {
  let goesOn = true;
  const ended = going.finally(() => {
    goesOn = false;
  });
  const took: number[] = [];
  while (goesOn) took.push((await ask(port, '/register', { cookie })).ms);
  await ended;
  return took;
}

/** Signing in against raw argon2 at the same number of workers; other pages meanwhile, and while an import runs. */
export async function benchSignIn(times = 60): Promise<Figure[]> {
  return withHouse(async (house) => {
    const { port } = house;
    const cookie = await signIn(port);
    const send = await openSignIn(port);
    await repeat(10, 8, send);
    const [raw, whole] = [[], []] as [number[], number[]];
    for (let round = 0; round < 3; round += 1) {
      raw.push((await house.do('hash', times)).ms);
      const from = performance.now();
      await repeat(times, 8, send);
      whole.push(performance.now() - from);
    }
    const idle = (await repeat(500, 1, () => ask(port, '/register', { cookie }))).map(({ ms }) => ms);
    const busy = await pagesWhile(port, cookie, repeat(times * 3, 8, send));
    const importing = await pagesWhile(port, cookie, house.do('import', 5000));
    const most = Math.max(5 * quantileOf(idle, 0.99), 50);
    const p99 = (name: string, took: number[]): Figure => ({
      ...{ name, value: quantileOf(took, 0.99), unit: 'ms' },
      limit: { at: 'most', value: most },
    });
    return [
      { name: 'raw argon2', value: (times * 1000) / medianOf(raw), unit: 'a second' },
      share('signing in: rate against raw argon2', medianOf(raw) / medianOf(whole), 90),
      { name: 'checklist when idle, p99', value: quantileOf(idle, 0.99), unit: 'ms' },
      p99('checklist while hashing is saturated, p99', busy),
      p99('checklist while an import runs, p99', importing),
    ];
  });
}

/** Verifying a code against the database's own rate of single committed rows. */
export async function benchVerify(times = 300): Promise<Figure[]> {
  return withHouse(async (house) => {
    await house.do('challenges', times * rounds);
    const ratios: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const commit = await house.do('commit', times * 2);
      const verify = await house.do('verify', times);
      ratios.push(commit.ms / 2 / verify.ms);
      rates.push((times * 2000) / commit.ms);
    }
    return [
      { name: 'single rows committed', value: medianOf(rates), unit: 'a second' },
      share('codes verified against rows committed', medianOf(ratios), 15),
    ];
  });
}

/** Pages with many live challenges against pages without; beside an empty page each time, since the machine changes too. */
export async function benchChallenges(count = 100_000, times = 1000): Promise<Figure[]> {
  return withHouse(async (house) => {
    const { port, emptyPort } = house;
    const cookie = await signIn(port);
    const pages = {
      empty: () => ask(emptyPort, '/empty', { cookie }),
      checklist: () => ask(port, '/register', { cookie }),
      phone: () => ask(port, '/register/authentication-phone', { cookie }),
    };
    const before = await costsOf(house, times, pages);
    await house.do('challenges', count);
    const after = await costsOf(house, times, pages);
    const dearer = (name: 'checklist' | 'phone'): Figure => ({
      name: `${name} page with ${count} live challenges, dearer by`,
      value: (ratioOf(after(name), after('empty')) / ratioOf(before(name), before('empty')) - 1) * 100,
      unit: '%',
      limit: { at: 'most', value: 10 },
    });
    return [dearer('checklist'), dearer('phone')];
  });
}
