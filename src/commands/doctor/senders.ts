import { createTransport } from 'nodemailer';
import { accountOf } from '../../delivery/gateways/smpp.ts';
import { openSession } from '../../delivery/gateways/smpp-session.ts';
import { smtpOptions } from '../../delivery/smtp.ts';
import { readSmtpUrl } from '../../delivery/smtp-settings.ts';
import { type Check, type Finding, fault, good, hint, kindOf } from './check.ts';

const patience = 5_000;

const smtpMends: Readonly<Record<string, string>> = {
  EAUTH: 'The server refuses the name or password in SMTP_URL: put them right.',
  ETLS: 'The connection cannot be secured: name the server as its certificate does, or use smtps://.',
  EDNS: 'The host in SMTP_URL is not known: put it right.',
  ETIMEDOUT: 'The server says nothing: see that a firewall lets this machine through to its port.',
};

/** Mail: the server connects, encrypts and lets us in. */
export const mail: Check = {
  name: 'Mail',
  async run({ config: { smtpUrl: url, mailFrom: from, dkim, delivery }, now }) {
    if (url === undefined)
      return delivery.kind === 'live'
        ? [fault('No mail can be sent.', 'Give a mail server in SMTP_URL.')]
        : [hint('Mails are shown or filed, not sent: SMTP_URL is not set.')];
    const mailer = createTransport(smtpOptions({ url, from, now, patience }));
    const { host, port, auth } = readSmtpUrl(url);
    try {
      await mailer.verify();
      const as = auth === null ? 'without signing in' : 'with its name and password';
      return [good(`${host}:${port} takes mail ${as}.`), ...signing(from, dkim?.domain)];
    } catch (error) {
      const kind = kindOf(error);
      const mend = smtpMends[kind] ?? 'See that it runs, and that SMTP_URL names its host and port.';
      return [fault(`${host}:${port} does not take mail (${kind}).`, mend)];
    } finally {
      mailer.close();
    }
  },
};

function signing(from: string, domain: string | undefined): Finding[] {
  if (domain === undefined) return [hint('Mails are not signed: see DKIM_DOMAIN.')];
  const own = from.slice(from.indexOf('@') + 1).toLowerCase();
  return own === domain.toLowerCase() || own.endsWith(`.${domain.toLowerCase()}`)
    ? [good(`Mails are signed for ${domain}.`)]
    : [fault(`Mails come from ${own} and are signed for ${domain}.`, 'Let MAIL_FROM and DKIM_DOMAIN agree.')];
}

/** Texts and calls: each gateway is reached and, where it can be asked, lets us in. */
export const gateways: Check = {
  name: 'Gateways',
  async run({ config: { textGateways, callGateways, delivery } }) {
    const urls = [...new Set([...textGateways, ...callGateways])].map((url) => new URL(url));
    if (urls.length > 0) return Promise.all(urls.map(askGateway));
    return delivery.kind === 'live'
      ? [hint('No text or call can be sent: TEXT_GATEWAYS and CALL_GATEWAYS are not set.')]
      : [hint('Texts and calls are shown or filed, not sent.')];
  },
};

async function askGateway(url: URL): Promise<Finding> {
  try {
    if (url.protocol.startsWith('smpp')) return await askSmpp(url);
    return url.protocol.startsWith('twilio') ? await askTwilio(url) : await askWebhook(url);
  } catch (error) {
    const why = error instanceof Error && error.message.startsWith('SMPP') ? error.message : kindOf(error);
    return fault(
      `${url.host} cannot be used (${why}).`,
      'See that its host, port, name and password are right, and that a firewall lets this machine through.',
    );
  }
}

async function askSmpp(url: URL): Promise<Finding> {
  const session = await openSession(accountOf(url), async () => 0);
  session.destroy();
  return good(`${url.host} lets us in by SMPP.`);
}

async function askTwilio(url: URL): Promise<Finding> {
  const scheme = url.protocol === 'twilio+http:' ? 'http' : 'https';
  const [account, token] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  const answer = await fetch(
    `${scheme}://${url.host}/2010-04-01/Accounts/${encodeURIComponent(account)}.json`,
    {
      headers: { Authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}` },
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    },
  );
  if (answer.status === 401 || answer.status === 403)
    return fault(`${url.host} refuses our account or token.`, 'Put them right in the URL of the gateway.');
  return answer.ok
    ? good(`${url.host} knows our account.`)
    : hint(`${url.host} answers with ${answer.status}.`);
}

/** A webhook can be asked nothing but a message: that somebody answers is all there is to see. */
async function askWebhook(url: URL): Promise<Finding> {
  const signal = AbortSignal.timeout(patience);
  await fetch(url.origin, { method: 'HEAD', redirect: 'manual', signal });
  return good(`${url.host} answers; --send-to shows whether it takes messages.`);
}
