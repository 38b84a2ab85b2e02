import { type Check, type Finding, fault, good, hint, kindOf } from './check.ts';

const patience = 5_000;

/** The address that people use: https, and leading here. */
export const address: Check = {
  name: 'BASE_URL',
  async run({ config: { baseUrl, baseUrlGiven, production } }) {
    const isHttps = baseUrl.startsWith('https:');
    if (!production && !isHttps)
      return [hint(`People use ${baseUrl}: enough for a trial, not for production.`)];
    if (!baseUrlGiven)
      return [fault('BASE_URL is not set.', 'Give the https address that people use in BASE_URL.')];
    if (!isHttps)
      return [fault('BASE_URL is not https.', 'Put a proxy with TLS in front and give its https address.')];
    return [good(`People use ${baseUrl}.`), await askHealth(baseUrl)];
  },
};

/** Whether the proxies in front are named: without them every visitor has the proxy's address. */
export const proxies: Check = {
  name: 'TRUST_PROXY',
  async run({ config: { baseUrl, trustProxy } }) {
    if (trustProxy === false)
      return baseUrl.startsWith('https:')
        ? [
            fault(
              'No proxy is trusted, yet TLS must end in one: limits and audit would see the proxy only.',
              'Set TRUST_PROXY to the addresses of the proxies in front, such as 127.0.0.1.',
            ),
          ]
        : [good('No proxy is trusted: headers say nothing about who asks.')];
    if (/(^|[,\s])(0\.0\.0\.0|::)\/0/.test(String(trustProxy)))
      return [
        fault(
          'TRUST_PROXY trusts everybody: anyone could give themselves another address.',
          'Name only the addresses of the proxies.',
        ),
      ];
    return [good(`Trusted in front: ${trustProxy}.`)];
  },
};

async function askHealth(baseUrl: string): Promise<Finding> {
  try {
    const signal = AbortSignal.timeout(patience);
    const answer = await fetch(`${baseUrl}/healthz`, { redirect: 'error', signal });
    return answer.status === 200 && (await answer.text()) === 'ok'
      ? good('Sparekey answers there.')
      : hint('Something else answers there: does the proxy lead to Sparekey, and is it started?');
  } catch (error) {
    return hint(`Nothing answers there from this machine (${kindOf(error)}).`);
  }
}
