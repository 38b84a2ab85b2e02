import { createRoute, z } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { makeDoor } from './door.ts';
import { needs, turnedAway } from './guard.ts';

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  ...needs('metrics'),
  responses: {
    200: {
      description: 'The figures of this node, in Prometheus’s text format',
      content: { 'text/plain': { schema: z.string() } },
    },
    ...turnedAway,
  },
});

/** The figures, for a Prometheus whose token has the scope `metrics`. */
export function metricsRoutes({ figures }: Pick<Deps, 'figures'>) {
  return makeDoor().openapi(metricsRoute, async (c) => {
    const { text, type } = await figures.show();
    return c.text(text, 200, { 'Content-Type': type });
  });
}
