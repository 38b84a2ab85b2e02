import { recordEvent } from '../audit/audit.ts';
import type { Config } from '../config/config.ts';
import type { Tariff } from '../delivery/tariff.ts';
import type { makeTransports } from '../delivery/transports.ts';
import { type DeliveryWorker, makeDeliveryWorker } from '../delivery/worker.ts';
import type { Deps } from '../deps.ts';
import { readPhone } from '../methods/phone-number.ts';
import { readPolicy } from '../policy/versions.ts';
import { isStillNeeded } from '../reminders/still-needed.ts';
import { admitCode } from '../resets/admit.ts';

function makeTariff({ textPrices: text, callPrices: call }: Config): Tariff {
  return {
    countryOf(message) {
      const read = message.channel === 'mail' ? undefined : readPhone(message.to, '');
      return read?.result === 'number' ? read.country : null;
    },
    prices: { ...(text && { text }), ...(call && { call }) },
  };
}

/** Makes the worker of the queue, which is handed what it asks of the rooms above it. */
export function makeDelivery(deps: Deps, transports: ReturnType<typeof makeTransports>): DeliveryWorker {
  return makeDeliveryWorker({
    db: deps.db,
    node: deps.config.node,
    now: deps.now,
    secrets: deps.secrets,
    transports,
    baseUrl: deps.config.baseUrl,
    log: deps.log,
    admitCode: (message) => admitCode(deps, message),
    isReminderNeeded: (personId, reminder) => isStillNeeded(deps, personId, reminder),
    async readOrganisation() {
      const { organisationName, helpContact } = await readPolicy(deps.db);
      return { name: organisationName, helpContact };
    },
    onOutcome: (channel, outcome) => deps.figures.sent(channel, outcome),
    readStopped: async () => (await readPolicy(deps.db)).stoppedCountries,
    tariff: makeTariff(deps.config),
    onGivenUp: (tx, { personId, channel, kind, attempts, reason }) =>
      recordEvent(tx, deps.now(), {
        event: 'message-given-up',
        actor: { kind: 'system' },
        ...(personId === null ? {} : { subject: personId }),
        outcome: 'refused',
        details: { channel, kind, attempts, reason },
      }),
  });
}
