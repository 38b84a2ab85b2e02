import { createHmac } from 'node:crypto';

/** Gives the key of a secret such as `whsec_…` (Standard Webhooks 1.0). */
export function keyOfSecret(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}

/** Signs a message: its id, its time in seconds and its body. */
export function signatureOf(key: Buffer, { id, at, body }: { id: string; at: number; body: string }): string {
  return createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
}
