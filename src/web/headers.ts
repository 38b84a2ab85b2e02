import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../config/config.ts';

/**
 * The headers of every answer: nothing inline, nothing from elsewhere, never in a frame; HSTS once the base URL is
 * https. `Referrer-Policy: same-origin`, because under `no-referrer` a form's own POST says `Origin: null`.
 */
export function securityHeaders(config: Config): RequestHandler {
  const https = config.baseUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https && { maxAge: 63_072_000, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
  });
}

/** Pages are never kept by a browser or proxy; only the files of `public/` are. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

/**
 * Under an https base URL every request counts as secure, whatever a header says: cookies are Secure although TLS ends
 * at a proxy, and `X-Forwarded-Proto` can change nothing (S44).
 */
export function trustBaseUrl(config: Config): RequestHandler {
  const secure = config.baseUrl.startsWith('https:');
  return (req, _res, next) => {
    Object.defineProperty(req, 'secure', { value: secure });
    next();
  };
}
