import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Attribute, Change, Client } from 'ldapts';
import { makeCertificate } from './certificate.ts';
import { run, untilOpen } from './processes.ts';
import { diskFolder } from './quick-folder.ts';
import type { DirectoryPerson } from './slapd.ts';

export const sambaPrograms = ['samba', 'samba-tool'];

const suffix = 'DC=example,DC=org';
const people = `OU=People,${suffix}`;
const groups = `OU=Groups,${suffix}`;
/** Rules for some people; who may not look in here knows only those of the domain. */
const passwordSettings = `CN=Password Settings Container,CN=System,${suffix}`;
const administrator = { dn: `CN=Administrator,CN=Users,${suffix}`, password: 'Adm1n-Passw0rd!' };
const service = { dn: `CN=sparekey,CN=Users,${suffix}`, password: 'Service-Secret-1!' };

/** The class of users, as access rules name it; and what Sparekey may do to them. */
const users = 'bf967aba-0de6-11d0-a285-00aa003049e2';
const rights = [
  'CR;00299570-246d-11d0-a768-00aa006e0529', // Reset Password
  'WP;28630ebf-41d5-11d1-a9c1-0000f80367c1', // lockoutTime
  'WP;bf967a0a-0de6-11d0-a285-00aa003049e2', // pwdLastSet
  'WP;bf967a49-0de6-11d0-a285-00aa003049e2', // telephoneNumber
];

/** Spans in Active Directory are negative tenths of microseconds. */
const minutes = (count: number) => String(-count * 600_000_000);

const domainRules = {
  pwdProperties: '0',
  pwdHistoryLength: '5',
  minPwdAge: '0',
  maxPwdAge: minutes(90 * 24 * 60),
  minPwdLength: '8',
  lockoutThreshold: '5',
  lockoutDuration: minutes(30),
  lockOutObservationWindow: minutes(30),
};

/** Any address of the loopback network: its ports are free, and a domain controller can use no others than its own. */
function looseAddress(): string {
  return `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(2, 255)}`;
}

/** A password as Active Directory takes it. */
function quoted(password: string): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le');
}

/** The address in the template, which every copy replaces by its own. */
const placeholder = '127.99.99.99';

/** What Samba makes of an empty domain takes long, and is the same each time: the first on a machine makes it for all. */
async function template(): Promise<string> {
  const kept = join(diskFolder(), `sparekey-samba-template-${userInfo().username}-1`);
  if (existsSync(kept)) return kept;
  const made = await mkdtemp(join(diskFolder(), 'sparekey-samba-making-'));
  const options = [
    `interfaces=${placeholder}/8`,
    'bind interfaces only=yes',
    'vfs objects=dfs_samba4 acl_xattr xattr_tdb',
    'server services=ldap',
    `pid directory=${made}/run`,
    `ncalrpc dir=${made}/ncalrpc`,
    'tls enabled=yes',
    `tls certfile=${made}/cert.pem`,
    `tls keyfile=${made}/key.pem`,
    `tls cafile=${made}/cert.pem`,
  ];
  await run('samba-tool', [
    ...['domain', 'provision', '--realm=EXAMPLE.ORG', '--domain=EXAMPLE', '--server-role=dc'],
    ...['--dns-backend=NONE', `--adminpass=${administrator.password}`, '--host-name=dc1'],
    ...[`--host-ip=${placeholder}`, `--targetdir=${made}`],
    ...options.map((option) => `--option=${option}`),
  ]);
  const conf = join(made, 'etc/smb.conf');
  await writeFile(conf, (await readFile(conf, 'utf8')).replaceAll(made, kept));
  // Whoever was quicker made the same.
  await rename(made, kept).catch(() => rm(made, { recursive: true, force: true }));
  return kept;
}

async function copyTemplate(folder: string, address: string): Promise<void> {
  const kept = await template();
  await run('cp', ['-a', `${kept}/.`, folder]);
  const conf = join(folder, 'etc/smb.conf');
  const text = await readFile(conf, 'utf8');
  // Or the password before a change would bind for an hour longer, and nothing could be told apart.
  const strict = text.replace('[global]', '[global]\n\told password allowed period = 0');
  await writeFile(conf, strict.replaceAll(kept, folder).replaceAll(placeholder, address));
}

async function delegate(folder: string, sid: string): Promise<void> {
  const on = ['-s', join(folder, 'etc/smb.conf'), '-H', `tdb://${folder}/private/sam.ldb`];
  const sddl = rights.map((right) => `(OA;CIIO;${right};${users};${sid})`).join('');
  await run('samba-tool', ['dsacl', 'set', `--objectdn=${people}`, `--sddl=${sddl}`, ...on]);
  const rules = [`--objectdn=${passwordSettings}`, `--sddl=(A;CI;RPLCLORC;;;${sid})`];
  await run('samba-tool', ['dsacl', 'set', ...rules, ...on]);
}

/** A security identifier as it is written. */
function sidOf(bytes: Buffer): string {
  const parts = Array.from({ length: bytes[1] ?? 0 }, (_, at) => bytes.readUInt32LE(8 + 4 * at));
  return ['S', bytes[0], bytes.readUIntBE(2, 6), ...parts].join('-');
}

function launch(folder: string): ChildProcess {
  const args = ['-i', '-M', 'single', '-s', join(folder, 'etc/smb.conf'), '--debug-stdout'];
  return spawn('samba', args, { stdio: ['pipe', 'ignore', 'ignore'] });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

export type Samba = Awaited<ReturnType<typeof startSamba>>;

/** Starts a real domain controller of Active Directory (Samba; as root) on a loopback address of its own; it can be stopped and started again. */
export async function startSamba() {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-samba-'));
  const address = looseAddress();
  const { cert, key } = makeCertificate(address);
  const caFile = join(folder, 'cert.pem');
  await writeFile(caFile, cert);
  await writeFile(join(folder, 'key.pem'), key, { mode: 0o600 });
  await copyTemplate(folder, address);
  const state = { child: launch(folder) };
  await untilOpen(636, { address });
  const url = `ldaps://${address}`;
  const newClient = () => new Client({ url, tlsOptions: { ca: cert }, timeout: 30_000 });

  async function asRoot<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = newClient();
    try {
      await client.bind(administrator.dn, administrator.password);
      return await work(client);
    } finally {
      await client.unbind();
    }
  }
  const dnOf = (userName: string) => `CN=${userName},${people}`;
  const change = (
    dn: string,
    operation: 'add' | 'delete' | 'replace',
    attributes: Record<string, string[] | Buffer[]>,
  ): Promise<void> =>
    asRoot((client) =>
      client.modify(
        dn,
        Object.entries(attributes).map(
          ([type, values]) => new Change({ operation, modification: new Attribute({ type, values }) }),
        ),
      ),
    );
  const setPasswordAt = (dn: string, password: string) =>
    change(dn, 'replace', { unicodePwd: [quoted(password)] });
  const setPassword = (userName: string, password: string) => setPasswordAt(dnOf(userName), password);
  const setPolicy = (rules: Record<string, string>) =>
    change(suffix, 'replace', Object.fromEntries(Object.entries(rules).map(([k, v]) => [k, [v]])));

  await setPolicy(domainRules);
  const sid = await asRoot(async (client) => {
    for (const ou of [people, groups]) await client.add(ou, { objectClass: ['organizationalUnit'] });
    await client.add(service.dn, { objectClass: ['user'], sAMAccountName: ['sparekey'] });
    const read = await client.search(service.dn, { scope: 'base', explicitBufferAttributes: ['objectSid'] });
    const bytes = read.searchEntries[0]?.objectSid;
    return Buffer.isBuffer(bytes) ? sidOf(bytes) : '';
  });
  await setPasswordAt(service.dn, service.password);
  // Enabled, and its password never runs out.
  await change(service.dn, 'replace', { userAccountControl: ['66048'] });
  await delegate(folder, sid);
  return {
    kind: 'active-directory',
    folder,
    caFile,
    people,
    suffix,
    service,
    plainUrl: `ldap://${address}`,
    tlsUrl: url,
    env: {
      DIRECTORY_KIND: 'active-directory',
      DIRECTORY_URL: url,
      DIRECTORY_BASE: people,
      DIRECTORY_BIND_DN: service.dn,
      DIRECTORY_PASSWORD: service.password,
      DIRECTORY_CA_FILE: caFile,
    },
    dnOf,
    asRoot,
    change,
    setPolicy,
    async addPerson(userName: string, person: DirectoryPerson = {}): Promise<void> {
      const {
        displayName = userName,
        password = 'correct horse battery',
        mail,
        officePhone,
        mobile,
      } = person;
      await asRoot((client) =>
        client.add(dnOf(userName), {
          objectClass: ['user'],
          sAMAccountName: [userName],
          userPrincipalName: [`${userName}@example.org`],
          displayName: [displayName],
          ...(mail === undefined ? {} : { mail: [mail] }),
          ...(officePhone === undefined ? {} : { telephoneNumber: [officePhone] }),
          ...(mobile === undefined ? {} : { mobile: [mobile] }),
        }),
      );
      await setPassword(userName, password);
      await change(dnOf(userName), 'replace', { userAccountControl: ['512'] });
    },
    removePerson: (userName: string) => asRoot((client) => client.del(dnOf(userName))),
    setPassword,
    async lets(userName: string, password: string): Promise<boolean> {
      const client = newClient();
      try {
        await client.bind(dnOf(userName), password);
        return true;
      } catch {
        return false;
      } finally {
        await client.unbind().catch(() => {});
      }
    },
    async read(userName: string): Promise<Record<string, string[]>> {
      const { searchEntries } = await asRoot((client) => client.search(dnOf(userName), { scope: 'base' }));
      const found = searchEntries[0] ?? {};
      return Object.fromEntries(
        Object.entries(found).map(([name, value]) => [name, [value].flat().map(String)]),
      );
    },
    async setGroup(name: string, members: readonly string[]): Promise<void> {
      const dn = `CN=${name},${groups}`;
      await asRoot(async (client) => {
        await client.del(dn).catch(() => {});
        await client.add(dn, { objectClass: ['group'], sAMAccountName: [name], member: members.map(dnOf) });
      });
    },
    stop: (signal: NodeJS.Signals = 'SIGKILL') => end(state.child, signal),
    async start(): Promise<void> {
      state.child = launch(folder);
      await untilOpen(636, { address });
    },
    freeze: () => state.child.kill('SIGSTOP'),
    thaw: () => state.child.kill('SIGCONT'),
    async close(): Promise<void> {
      state.child.kill('SIGCONT');
      await end(state.child, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
