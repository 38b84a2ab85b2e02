import { connect } from 'node:net';
import type { RedisSettings } from '../config/redis.ts';
import { patience } from './redis-health.ts';

type Node = RedisSettings['nodes'][number];

function answers({ host, port }: Node): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patience });
    const settle = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}

/**
 * The same settings without the hosts that take no connection now, as long as one does: the client gets stuck at one that
 * does not. Sentinels tell it of each other, so what comes back later is found all the same.
 */
export async function onlyLiving(settings: RedisSettings): Promise<RedisSettings> {
  const living = await Promise.all(settings.nodes.map(answers));
  const nodes = settings.nodes.filter((_node, index) => living[index]);
  return nodes.length === 0 ? settings : { ...settings, nodes };
}
