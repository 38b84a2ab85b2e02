/* The part of `smpp` (SMPP 3.4) that we use; the package brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';

  export interface Pdu {
    command: string;
    command_status: number;
    message_id?: string;
    sequence_number: number;
    [field: string]: unknown;
    response(fields?: Record<string, unknown>): Pdu;
  }

  type Ask = (fields: Record<string, unknown>, answered: (pdu: Pdu) => void) => boolean;

  export class Session extends EventEmitter {
    bind_transceiver: Ask;
    submit_sm: Ask;
    deliver_sm: Ask;
    send(pdu: Pdu): boolean;
    destroy(): void;
  }

  export interface SmppServer extends EventEmitter {
    listen(port: number, host: string, listening: () => void): void;
    address(): { port: number };
    close(closed: () => void): void;
  }

  export function connect(options: {
    host: string;
    port: number;
    tls: boolean;
    servername?: string;
    auto_enquire_link_period: number;
  }): Session;

  export function createServer(onSession: (session: Session) => void): SmppServer;
}
