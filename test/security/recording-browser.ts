import type { Response } from 'supertest';
import { Browser } from '../helpers/browser.ts';

/** A browser that keeps every answer it got, redirects too. */
export class RecordingBrowser extends Browser {
  readonly responses: Response[] = [];

  override async send(...asked: Parameters<Browser['send']>): Promise<Response> {
    const response = await super.send(...asked);
    this.responses.push(response);
    return response;
  }

  /** Every cookie line of every answer. */
  get cookieLines(): string[] {
    return this.responses.flatMap((response) => response.get('Set-Cookie') ?? []);
  }
}
