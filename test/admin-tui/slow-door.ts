import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A way to a door on which everything waits as long as the test says: a slow server, as a terminal meets it. */
export async function openSlowDoor(socket: string) {
  const folder = await mkdtemp(join(tmpdir(), 'sk-slow-'));
  const held: Socket[] = [];
  const open = new Set<Socket>();
  let holding = true;
  const server = createServer({ pauseOnConnect: true }, (from) => {
    const to = createConnection(socket);
    for (const end of [from, to]) {
      open.add(end);
      end.on('error', () => end.destroy()).on('close', () => open.delete(end));
    }
    to.pipe(from);
    from.pipe(to, { end: true });
    if (holding) {
      from.unpipe(to);
      from.pause();
      held.push(from);
      from.once('let-through', () => from.pipe(to));
    }
  });
  const at = join(folder, 'slow.sock');
  await new Promise<void>((resolve) => server.listen(at, resolve));
  onTestFinished(async () => {
    for (const end of open) end.destroy();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    socket: at,
    /** Everything that comes from now on waits. */
    hold() {
      holding = true;
    },
    /** Lets through what waits, and what comes from now on. */
    release() {
      holding = false;
      for (const one of held.splice(0)) one.emit('let-through');
    },
    /** How many requests wait. */
    waiting: () => held.length,
  };
}
