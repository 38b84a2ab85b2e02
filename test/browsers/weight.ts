import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** What a walk from page to page cost: packed as a line would carry it. */
export interface Weight {
  path: string;
  kind: 'page' | 'style' | 'script' | 'icon' | 'other';
  bytes: number;
  /** Where a form led to, which has hardly a body. */
  redirect: boolean;
}

const kinds: Record<string, Weight['kind']> = { document: 'page', stylesheet: 'style', script: 'script' };

/** Weighs every answer that the page gets from now on, its headers too; what a browser has kept weighs nothing. */
export function weighAnswers(page: Page): () => Promise<Weight[]> {
  const weighing: Promise<Weight | undefined>[] = [];
  const kept = new Set<string>();
  page.on('response', (response) => {
    const request = response.request();
    const { pathname } = new URL(response.url());
    const kind = pathname === '/favicon.ico' ? 'icon' : (kinds[request.resourceType()] ?? 'other');
    // Playwright tells of what came from the cache as well; a file that may be kept forever comes from there.
    const known = kept.has(response.url());
    if (response.headers()['cache-control']?.includes('immutable')) kept.add(response.url());
    if (known) return;
    weighing.push(
      (async () => {
        const headers = await response.allHeaders();
        const head = Object.entries(headers).reduce(
          (sum, [name, value]) => sum + name.length + value.length + 4,
          0,
        );
        const redirect = response.status() >= 300 && response.status() < 400;
        const body = redirect ? Buffer.alloc(0) : await response.body();
        return { path: pathname, kind, bytes: head + gzipSync(body).length, redirect };
      })().catch(() => undefined),
    );
  });
  return async () => (await Promise.all(weighing)).filter((one) => one !== undefined);
}

/** A table of what a journey cost, for people. */
export function weightTable(journey: string, weights: readonly Weight[]): string {
  const lines = weights.map(
    ({ path, kind, bytes, redirect }) =>
      `${String(bytes).padStart(7)}  ${redirect ? 'leads on' : kind.padEnd(8)}  ${path}`,
  );
  const sum = weights.reduce((total, { bytes }) => total + bytes, 0);
  return [`${journey}: ${weights.length} requests, ${sum} bytes packed, headers included`, ...lines, ''].join(
    '\n',
  );
}
