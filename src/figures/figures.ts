import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is asked for only once somebody looks at the figures. */
export interface Gauges {
  hashing(): { running: number; waiting: number };
  queue(): Promise<{ waiting: number; oldestSeconds: number }>;
  sessions(): Promise<number | null>;
  /** How many people are overdue, by reason. */
  overdue(): Promise<Readonly<Record<string, number>>>;
  /** How many people are missing from the directory and held back from being disabled; null where there is none. */
  directoryLosses(): Promise<number | null>;
  /** Since when the keys in use are, and how far what older ones sealed is sealed anew; null before a first start. */
  keys(): Promise<{ sinceSeconds: number; doneRatio: number; unopenable: number } | null>;
}

/** The figures of one node, for Prometheus. */
export interface Figures {
  /** A request that was answered; `route` is the pattern of its path, never the path itself. */
  request(answered: { route: string; status: number; seconds: number }): void;
  hashingRefused(): void;
  sent(channel: string, result: string): void;
  reported(result: string): void;
  /** Says what is looked up when the figures are asked for. */
  watch(gauges: Gauges): void;
  /** Everything as text, and its content type. */
  show(): Promise<{ text: string; type: string }>;
}

/** Makes the figures of one house, in a registry of their own. */
export function makeFigures(): Figures {
  const registers = [new Registry()];
  const [registry = new Registry()] = registers;
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `sparekey_${name}`, help, labelNames, registers });
  const requests = counter('requests_total', 'Requests answered', ['route', 'status']);
  const refused = counter('hashing_refused_total', 'Slow hashes refused because too many waited', []);
  const sent = counter('messages_total', 'Tries to send, by what came of them', ['channel', 'result']);
  const reports = counter('delivery_reports_total', 'Reports of delivery taken in', ['result']);
  const durations = new Histogram({
    name: 'sparekey_request_seconds',
    help: 'How long requests took',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  return {
    request({ route, status, seconds }) {
      requests.inc({ route, status: String(status) });
      durations.observe({ route }, seconds);
    },
    hashingRefused: () => refused.inc(),
    sent: (channel, result) => sent.inc({ channel, result }),
    reported: (result) => reports.inc({ result }),
    watch: (gauges) => watchGauges(registry, gauges),
    show: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  };
}

function watchGauges(registry: Registry, gauges: Gauges): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => Promise<number | null> | number) =>
    new Gauge({
      name: `sparekey_${name}`,
      help,
      registers,
      async collect() {
        const value = await read();
        if (value !== null) this.set(value);
      },
    });
  gauge('hashing_running', 'Slow hashes at work', () => gauges.hashing().running);
  gauge('hashing_waiting', 'Slow hashes that wait for their turn', () => gauges.hashing().waiting);
  gauge('queue_waiting', 'Messages that wait to be sent', async () => (await gauges.queue()).waiting);
  gauge(
    'queue_oldest_seconds',
    'Age of the oldest message that waits',
    async () => (await gauges.queue()).oldestSeconds,
  );
  gauge('sessions', 'Sessions kept', () => gauges.sessions());
  gauge('directory_losses', 'People missing from the directory, too many at once to be disabled', () =>
    gauges.directoryLosses(),
  );
  const ofKeys = (name: string, help: string, figure: 'sinceSeconds' | 'doneRatio' | 'unopenable') =>
    gauge(name, help, async () => (await gauges.keys())?.[figure] ?? null);
  ofKeys(
    'keys_in_use_since_seconds',
    'When the keys in use came into use, in seconds since 1970',
    'sinceSeconds',
  );
  ofKeys('sealing_done_ratio', 'Share of what is sealed that the key in use has sealed', 'doneRatio');
  ofKeys('sealing_unopenable', 'Sealed values that no key opens, as last looked through', 'unopenable');
  new Gauge({
    name: 'sparekey_overdue',
    help: 'People who are overdue, by reason',
    labelNames: ['reason'],
    registers,
    async collect() {
      for (const [reason, count] of Object.entries(await gauges.overdue())) this.set({ reason }, count);
    },
  });
}
