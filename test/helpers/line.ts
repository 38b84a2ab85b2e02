import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Where to cut: at which piece of what the house says, and whether that piece still arrives. */
export interface Cut {
  at: number;
  /** `lost`: the piece never arrives; `unanswered`: it does, and the answer to it is lost. */
  piece: 'lost' | 'unanswered';
  /** What happens at that moment. */
  does(): Promise<void>;
}

export type Line = Awaited<ReturnType<typeof startLine>>;

/** A line to a server that can be cut at any moment of a conversation; pieces are counted from when a cut is asked for. */
export async function startLine(target: { host: string; port: number }) {
  const state: {
    cut: Cut | undefined;
    pieces: number;
    done: Promise<void> | undefined;
    open: Set<Socket>;
    connections: number;
  } = {
    cut: undefined,
    pieces: 0,
    done: undefined,
    open: new Set(),
    connections: 0,
  };

  function cutNow(): void {
    for (const socket of state.open) socket.destroy();
    state.done ??= state.cut?.does();
  }

  const server = createServer((client) => {
    state.connections += 1;
    const upstream = connect(target.port, target.host);
    let unanswered = false;
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      state.open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        state.open.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (piece) => {
      state.pieces += 1;
      const isHere = state.cut !== undefined && state.pieces === state.cut.at;
      if (isHere && state.cut?.piece === 'lost') return cutNow();
      unanswered ||= isHere;
      upstream.write(piece);
    });
    upstream.on('data', (piece) => {
      if (unanswered) cutNow();
      else client.write(piece);
    });
  });
  server.listen(0, target.host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `ldaps://${target.host}:${address.port}`,
    connections: () => state.connections,
    cutAt(cut: Cut): void {
      Object.assign(state, { cut, pieces: 0, done: undefined });
    },
    /** Whether it came to the cut, and then what was to happen has. */
    async wasCut(): Promise<boolean> {
      const { done } = state;
      state.cut = undefined;
      await done;
      return done !== undefined;
    },
    async close(): Promise<void> {
      for (const socket of state.open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
