import type { Response } from 'express';

/** Sends a page. Express would make bytes of a longer text first, and Node then writes head and body one by one. */
export function sendPage(res: Response, html: string): void {
  res.type('html').set('Content-Length', String(Buffer.byteLength(html)));
  res.end(html, 'utf8');
}
