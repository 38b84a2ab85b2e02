import type { Logger } from 'pino';
import type { Db, Time } from '../store/schema.ts';
import { conclude, type Note } from './conclude.ts';
import { type Channel, type Outgoing, SendFailed, type Taken, type Transports } from './delivery.ts';
import type { House } from './draft.ts';
import { makeLanes } from './lanes.ts';
import { type Leased, leaseNext, readNextMoment } from './lease.ts';
import { noteWhenBack } from './note.ts';
import { type PrepareNeeds, prepareMessage } from './prepare.ts';
import type { OnGivenUp } from './settle.ts';
import type { Tariff } from './tariff.ts';

/** What the worker needs; `timeZone` (IANA name) is that of the process when left out. */
export interface WorkerNeeds {
  readonly db: Db;
  now(): Time;
  /** The node this worker belongs to; without it nobody can tell that it has died before its leases run out. */
  readonly node?: string;
  readonly secrets: PrepareNeeds['secrets'];
  readonly transports: Transports;
  readonly admitCode?: PrepareNeeds['admitCode'];
  readonly isReminderNeeded?: PrepareNeeds['isReminderNeeded'];
  readOrganisation(): Promise<Pick<House, 'name' | 'helpContact'>>;
  readonly baseUrl: string;
  readonly timeZone?: string | undefined;
  readonly onGivenUp: OnGivenUp;
  /** Countries (ISO codes) to which no text or call goes now; absent: none. */
  readStopped?(): Promise<readonly string[]>;
  /** Where numbers are and what messages there cost; absent: not known. */
  readonly tariff?: Tariff | undefined;
  /** Hears of each outcome, to count it. */
  onOutcome?(channel: Channel, outcome: Outcome): void;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** Sends what waits in the queue; any number of workers share one queue. */
export interface DeliveryWorker {
  /** Says that something waits now; call it after the commit, and once at start. */
  wake(): void;
  /** Resolves when everything due now is sent, put off, dropped or given up. */
  drain(): Promise<void>;
  /** Takes nothing more, and resolves when what was being sent is settled. */
  stop(): Promise<void>;
}

/** What a try to send came to, before it is noted. */
export type Attempt =
  | { result: 'sent'; outgoing: Outgoing; taken: Taken }
  | { result: 'pointless'; because: 'ended' | 'expired' }
  | { result: 'refused'; permanent: boolean; reason: string };

/** What came of one try. */
export type Outcome = 'sent' | 'put-off' | 'given-up' | 'dropped';

/** Makes the worker; it sleeps until it is woken, and from then on looks for itself what is due. */
export function makeDeliveryWorker(needs: WorkerNeeds): DeliveryWorker {
  const readHouse = async () => ({
    ...(await needs.readOrganisation()),
    baseUrl: needs.baseUrl,
    timeZone: needs.timeZone,
  });
  const prepare = {
    db: needs.db,
    now: needs.now,
    secrets: needs.secrets,
    readHouse,
    admitCode: needs.admitCode,
    isReminderNeeded: needs.isReminderNeeded,
  };
  const stopping = new AbortController();
  const note: Note = (write) => noteWhenBack(write, stopping.signal);
  const lanes = makeLanes({
    takeNext: () => leaseNext(needs.db, needs.now(), needs.node),
    async handle(message) {
      const outcome = await attempt(needs, prepare, message);
      await conclude(needs, note, { message, outcome });
    },
    async untilNext() {
      const moment = await readNextMoment(needs.db);
      return moment === null ? null : moment - needs.now();
    },
    onSurprise: (error) =>
      needs.log.error({ failure: nameOf(error) }, 'the delivery queue could not be worked on'),
  });
  return {
    ...lanes,
    stop() {
      stopping.abort();
      return lanes.stop();
    },
  };
}

async function attempt(needs: WorkerNeeds, prepare: PrepareNeeds, message: Leased): Promise<Attempt> {
  const transport = needs.transports[message.channel];
  if (!transport)
    return { result: 'refused', permanent: true, reason: `nothing carries a ${message.channel} here` };
  try {
    const prepared = await prepareMessage(prepare, message);
    if (prepared.result === 'pointless') return prepared;
    const { outgoing } = prepared;
    if (await isStopped(needs, outgoing))
      return { result: 'refused', permanent: true, reason: 'country stopped' };
    const taken = await transport.send(outgoing, { messageId: message.id });
    return { result: 'sent', outgoing, taken };
  } catch (error) {
    if (error instanceof SendFailed)
      return { result: 'refused', permanent: error.permanent, reason: error.message };
    return { result: 'refused', permanent: false, reason: nameOf(error) };
  }
}

/** An administrator's switch, asked of each message as it goes: it holds at once, for what waits already too. */
async function isStopped({ tariff, readStopped }: WorkerNeeds, outgoing: Outgoing): Promise<boolean> {
  const country = tariff?.countryOf(outgoing) ?? null;
  return country !== null && ((await readStopped?.()) ?? []).includes(country);
}

/** The kind of a surprise, without its text: that may quote what was being sent. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
