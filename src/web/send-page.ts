import type { Response } from 'express';

/** Sends a page. Express would make bytes of a longer text first, and Node then writes head and body one by one. */
export function sendPage(res: Response, html: string): void {
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(html));
  res.end(html, 'utf8');
}
