import type { Request, RequestHandler } from 'express';
import type { Deps } from '../deps.ts';
import { newId } from '../secrets/random.ts';

const shape = /^[\w-]{8,64}$/;

/** The id that a trusted proxy gave this request, if it has the shape of one; else a new one. */
function idOf(req: Request): string {
  const given = req.get('X-Request-Id') ?? '';
  const isTrusted: unknown = req.app.get('trust proxy fn');
  const from = req.socket.remoteAddress ?? '';
  const trusted = typeof isTrusted === 'function' && isTrusted(from, 0) === true;
  return trusted && shape.test(given) ? given : newId();
}

/** The pattern of the path: a path itself can hold a token. */
function routeOf(req: Request): string {
  const route: unknown = req.route;
  const path: unknown = typeof route === 'object' && route !== null ? Reflect.get(route, 'path') : undefined;
  return typeof path === 'string' ? `${req.baseUrl}${path}` : 'other';
}

/** Gives each request an id, and writes and counts how it was answered: no address, query, header or body. */
export function logRequests({ log, figures }: Pick<Deps, 'log' | 'figures'>): RequestHandler {
  return (req, res, next) => {
    const requestId = idOf(req);
    const began = performance.now();
    res.set('X-Request-Id', requestId);
    res.once('close', () => {
      const seconds = (performance.now() - began) / 1000;
      const [route, status] = [routeOf(req), res.writableFinished ? res.statusCode : 499];
      figures.request({ route, status, seconds });
      log.info({ requestId, method: req.method, route, status, ms: Math.round(seconds * 1000) }, 'request');
    });
    next();
  };
}
