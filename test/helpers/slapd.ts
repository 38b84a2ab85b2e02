import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attribute, Change, Client } from 'ldapts';
import { makeCertificate } from './certificate.ts';
import { findFreePort, run, untilOpen } from './processes.ts';

export const slapdPrograms = ['slapd', 'slapadd', 'ldapsearch'];

const suffix = 'dc=example,dc=org';
const people = `ou=people,${suffix}`;
const groups = `ou=groups,${suffix}`;
const root = { dn: `cn=root,${suffix}`, password: 'root-secret' };
const service = { dn: `cn=sparekey,ou=services,${suffix}`, password: 'service-secret-1' };
const policyDn = `cn=default,ou=policies,${suffix}`;

/** The rules of the password policy, as ppolicy names them. */
const policy = {
  pwdLockout: 'TRUE',
  pwdMaxFailure: '5',
  pwdLockoutDuration: '0',
  pwdFailureCountInterval: '900',
  pwdInHistory: '3',
  pwdMinLength: '8',
  pwdCheckQuality: '2',
  pwdMustChange: 'TRUE',
  pwdAllowUserChange: 'TRUE',
};

/** What a test may set of its slapd. */
export interface SlapdWanted {
  policy?: Record<string, string>;
  /** Entries of people to begin with besides those that are added later, with user names p000000 and on. */
  entries?: number;
  /** More lines of slapd.conf, in its database. */
  conf?: string;
  /** How it keeps passwords, and the modules that takes. */
  hash?: string;
  modules?: readonly string[];
  /** The access rules, in place of the least that Sparekey needs. */
  access?: string;
}

/** What a test says of a person in a directory. */
export interface DirectoryPerson {
  displayName?: string;
  password?: string;
  mail?: string;
  officePhone?: string;
  mobile?: string;
}

/** The least rights that Sparekey works with: `docs/directory.md` gives the same. */
const leastAccess = `
access to attrs=userPassword by dn.exact="${service.dn}" =w by self =xw by anonymous auth by * none
access to attrs=pwdHistory by * none
access to attrs=pwdAccountLockedTime,pwdFailureTime,pwdReset by dn.exact="${service.dn}" manage by * none
access to attrs=telephoneNumber by dn.exact="${service.dn}" write by * none
access to * by dn.exact="${service.dn}" read by self read by * none`;

function confOf(folder: string, wanted: SlapdWanted): string {
  const schemas = ['core', 'cosine', 'inetorgperson'].map(
    (name) => `include /etc/ldap/schema/${name}.schema`,
  );
  return `${schemas.join('\n')}
pidfile ${folder}/pid
moduleload back_mdb
moduleload ppolicy
moduleload memberof
${(wanted.modules ?? []).map((one) => `moduleload ${one}\n`).join('')}TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
${wanted.hash === undefined ? '' : `password-hash ${wanted.hash}\n`}database mdb
maxsize 1073741824
suffix "${suffix}"
rootdn "${root.dn}"
rootpw ${root.password}
directory ${folder}/db
dbnosync
index objectClass,uid,mail,entryUUID,member,memberOf eq
index modifyTimestamp,entryCSN eq
limits dn.exact="${service.dn}" size=unlimited time=unlimited
overlay memberof
overlay ppolicy
ppolicy_default "${policyDn}"
ppolicy_hash_cleartext
ppolicy_use_lockout
${wanted.conf ?? ''}
${(wanted.access ?? leastAccess).trim()}
`;
}

function entry(dn: string, attributes: Record<string, string | string[]>): string {
  const lines = Object.entries(attributes).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}:: ${Buffer.from(value).toString('base64')}`),
  );
  return `dn:: ${Buffer.from(dn).toString('base64')}\n${lines.join('\n')}\n`;
}

function* seed(wanted: SlapdWanted): Generator<string> {
  yield entry(suffix, { objectClass: ['dcObject', 'organization'], o: 'Example', dc: 'example' });
  for (const ou of ['people', 'groups', 'services', 'policies'])
    yield entry(`ou=${ou},${suffix}`, { objectClass: 'organizationalUnit', ou });
  yield entry(policyDn, {
    objectClass: ['device', 'pwdPolicy'],
    cn: 'default',
    pwdAttribute: 'userPassword',
    ...policy,
    ...wanted.policy,
  });
  yield entry(service.dn, {
    objectClass: ['organizationalRole', 'simpleSecurityObject'],
    cn: 'sparekey',
    userPassword: service.password,
  });
  for (let n = 0; n < (wanted.entries ?? 0); n += 1) {
    const uid = `p${String(n).padStart(6, '0')}`;
    yield entry(`uid=${uid},${people}`, {
      objectClass: 'inetOrgPerson',
      uid,
      cn: `Person ${n}`,
      sn: `Number ${n}`,
      mail: `${uid}@example.org`,
      telephoneNumber: `+31 20 794 ${String(n % 10_000).padStart(4, '0')}`,
      // Long ago, so that they are no fresh change.
      modifyTimestamp: '20250101000000Z',
    });
  }
}

function launch(folder: string, ports: { plain: number; tls: number }): ChildProcess {
  const listen = `ldap://127.0.0.1:${ports.plain}/ ldaps://127.0.0.1:${ports.tls}/`;
  return spawn('slapd', ['-f', join(folder, 'slapd.conf'), '-h', listen, '-d', '0'], { stdio: 'ignore' });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

export type Slapd = Awaited<ReturnType<typeof startSlapd>>;

/** Starts a real slapd with ppolicy and TLS on free loopback ports, in a folder of its own; it can be stopped and started again. */
export async function startSlapd(wanted: SlapdWanted = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-slapd-'));
  const ports = { plain: await findFreePort(), tls: await findFreePort() };
  const { cert, key } = makeCertificate();
  const caFile = join(folder, 'cert.pem');
  await mkdir(join(folder, 'db'));
  await writeFile(caFile, cert);
  await writeFile(join(folder, 'key.pem'), key);
  await writeFile(join(folder, 'slapd.conf'), confOf(folder, wanted));
  await writeFile(join(folder, 'seed.ldif'), [...seed(wanted)].join('\n'));
  await run('slapadd', ['-q', '-f', join(folder, 'slapd.conf'), '-l', join(folder, 'seed.ldif')]);
  const state = { child: launch(folder, ports) };
  await untilOpen(ports.tls);

  async function asRoot<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({
      url: `ldaps://127.0.0.1:${ports.tls}`,
      tlsOptions: { ca: cert },
      timeout: 10_000,
    });
    try {
      await client.bind(root.dn, root.password);
      return await work(client);
    } finally {
      await client.unbind();
    }
  }
  const dnOf = (userName: string) => `uid=${userName},${people}`;
  const change = (
    dn: string,
    operation: 'add' | 'delete' | 'replace',
    attributes: Record<string, string[]>,
  ): Promise<void> =>
    asRoot((client) =>
      client.modify(
        dn,
        Object.entries(attributes).map(
          ([type, values]) => new Change({ operation, modification: new Attribute({ type, values }) }),
        ),
      ),
    );
  return {
    kind: 'openldap',
    folder,
    caFile,
    people,
    service,
    plainUrl: `ldap://127.0.0.1:${ports.plain}`,
    tlsUrl: `ldaps://127.0.0.1:${ports.tls}`,
    /** The settings with which a house works on it. */
    env: {
      DIRECTORY_URL: `ldaps://127.0.0.1:${ports.tls}`,
      DIRECTORY_BASE: people,
      DIRECTORY_BIND_DN: service.dn,
      DIRECTORY_PASSWORD: service.password,
      DIRECTORY_CA_FILE: caFile,
    },
    dnOf,
    asRoot,
    change,
    setPolicy: (rules: Record<string, string>) =>
      change(policyDn, 'replace', Object.fromEntries(Object.entries(rules).map(([k, v]) => [k, [v]]))),
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
          objectClass: ['inetOrgPerson'],
          uid: [userName],
          cn: [displayName],
          sn: [displayName],
          ...(mail === undefined ? {} : { mail: [mail] }),
          ...(officePhone === undefined ? {} : { telephoneNumber: [officePhone] }),
          ...(mobile === undefined ? {} : { mobile: [mobile] }),
          userPassword: [password],
        }),
      );
    },
    removePerson: (userName: string) => asRoot((client) => client.del(dnOf(userName))),
    /** Sets a password as another program of the organisation would. */
    setPassword: (userName: string, password: string) =>
      change(dnOf(userName), 'replace', { userPassword: [password] }),
    /** Whether the directory itself lets this name in with this password. */
    async lets(userName: string, password: string): Promise<boolean> {
      const client = new Client({ url: `ldaps://127.0.0.1:${ports.tls}`, tlsOptions: { ca: cert } });
      try {
        await client.bind(dnOf(userName), password);
        return true;
      } catch {
        return false;
      } finally {
        await client.unbind().catch(() => {});
      }
    },
    /** Everything that stands of a person, the attributes of operation too. */
    async read(userName: string): Promise<Record<string, string[]>> {
      const { searchEntries } = await asRoot((client) =>
        client.search(dnOf(userName), { scope: 'base', attributes: ['*', '+'] }),
      );
      const found = searchEntries[0] ?? {};
      return Object.fromEntries(
        Object.entries(found).map(([name, value]) => [name, [value].flat().map(String)]),
      );
    },
    async setGroup(name: string, members: readonly string[]): Promise<void> {
      const dn = `cn=${name},${groups}`;
      await asRoot(async (client) => {
        await client.del(dn).catch(() => {});
        if (members.length > 0)
          await client.add(dn, { objectClass: ['groupOfNames'], cn: [name], member: members.map(dnOf) });
      });
    },
    stop: (signal: NodeJS.Signals = 'SIGKILL') => end(state.child, signal),
    async start(): Promise<void> {
      state.child = launch(folder, ports);
      await untilOpen(ports.tls);
    },
    /** It takes connections but answers nothing, as a machine that hangs. */
    freeze: () => state.child.kill('SIGSTOP'),
    thaw: () => state.child.kill('SIGCONT'),
    async close(): Promise<void> {
      state.child.kill('SIGCONT');
      await end(state.child, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
