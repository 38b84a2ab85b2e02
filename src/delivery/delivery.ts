/** What carries a message: a text or call to a number, a mail to an address. */
export const channels = ['text', 'call', 'mail'] as const;
export type Channel = (typeof channels)[number];

/** A message ready to go out, in the person's language. */
export type Outgoing =
  | { channel: 'text'; to: string; body: string }
  | { channel: 'call'; to: string; extension: string | null; language: string; body: string }
  | {
      channel: 'mail';
      to: string;
      toName: string | null;
      fromName: string;
      subject: string;
      text: string;
      html: string;
    };

/**
 * A transport refused a message: for now (try again) or for good. Its text is kept and logged, so it never holds a
 * code, number or address, nor words of the other side, who like to repeat the address.
 */
export class SendFailed extends Error {
  readonly permanent: boolean;
  constructor(message: string, permanent: boolean) {
    super(message);
    this.name = 'SendFailed';
    this.permanent = permanent;
  }
}

/** One message's own id, the same at every try, so that the other side can tell a retry from a new one. */
export interface About {
  readonly messageId: string;
}

/** What a message costs, in millionths of a currency (ISO code). */
export interface Price {
  readonly currency: string;
  readonly amount: number;
}

/** What the other side said on taking a message: its own name for it where it reports by that, and the price. */
export interface Taken {
  readonly remoteId?: string | undefined;
  readonly price?: Price | undefined;
}

/** One way out of the house; `send` resolves once the other side has taken the message, else throws. */
export interface Transport {
  send(message: Outgoing, about: About): Promise<Taken>;
  close(): Promise<void>;
}

/** The transport of each channel; a channel without one cannot be offered. */
export type Transports = Partial<Record<Channel, Transport>>;
