import { once } from 'node:events';
import { connect, type Pdu, type Session } from 'smpp';
import { SendFailed } from '../delivery.ts';

const patience = 10_000;
const askAliveEvery = 20_000;

/** Where an operator's SMSC is, and who we are to it. */
export interface SmppAccount {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly systemId: string;
  readonly password: string;
}

/** Takes in what the SMSC delivers, and gives the status to answer with. */
export type OnDeliver = (pdu: Pdu) => Promise<number>;

/** Opens a session and binds it as a transceiver; every failure is one for now. */
export async function openSession(account: SmppAccount, onDeliver: OnDeliver): Promise<Session> {
  const { host, port, tls } = account;
  const session = connect({ host, port, tls, servername: host, auto_enquire_link_period: askAliveEvery });
  session.on('error', () => session.destroy());
  session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
  session.on('deliver_sm', (pdu: Pdu) => {
    void onDeliver(pdu).then((status) => session.send(pdu.response({ command_status: status })));
  });
  try {
    await once(session, tls ? 'secureConnect' : 'connect', { signal: AbortSignal.timeout(patience) });
  } catch {
    session.destroy();
    throw new SendFailed('SMPP no connection', false);
  }
  const credentials = { system_id: account.systemId, password: account.password, interface_version: 0x34 };
  const { command_status: status } = await ask(session, 'bind_transceiver', credentials);
  if (status === 0) return session;
  session.destroy();
  throw new SendFailed(`SMPP bind ${status}`, false);
}

/** Sends one request and gives its answer; a session that closes or says nothing for 10 s is a failure for now. */
export async function ask(
  session: Session,
  command: 'bind_transceiver' | 'submit_sm',
  fields: Record<string, unknown>,
): Promise<Pdu> {
  const { promise, resolve, reject } = Promise.withResolvers<Pdu>();
  const fail = () => reject(new SendFailed('SMPP no answer', false));
  const timer = setTimeout(fail, patience);
  session.once('close', fail);
  try {
    if (!session[command](fields, resolve)) fail();
    return await promise;
  } finally {
    clearTimeout(timer);
    session.off('close', fail);
  }
}
