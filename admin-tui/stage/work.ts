import { tellTrouble } from './carry-out.ts';
import { follow } from './follow.ts';
import type { WorkFrame } from './frame.ts';
import type { Progress } from './screen.ts';
import type { Kit } from './stage.ts';
import { putFrame, type Store, topFrame } from './store.ts';

/** Makes the watcher that starts the work on top, and stops it when the administrator says so. */
export function watchWork(kit: Kit, store: Store): () => void {
  const begun = new Map<number, AbortController>();
  return () => {
    const top = topFrame(store.get());
    if (top?.kind !== 'work') return;
    const known = begun.get(top.id);
    if (known && top.stopping) known.abort();
    if (known) return;
    const stopper = new AbortController();
    begun.set(top.id, stopper);
    void doWork(kit, store, { frame: top, signal: stopper.signal });
  };
}

async function doWork(kit: Kit, store: Store, { frame, signal }: { frame: WorkFrame; signal: AbortSignal }) {
  const report = (progress: Progress) => {
    const now = store.get().frames.find(({ id }) => id === frame.id);
    if (now?.kind === 'work') store.set(putFrame(store.get(), { ...now, progress }));
  };
  try {
    follow(kit, store, await frame.screen.run(kit, report, signal));
  } catch (error) {
    follow(kit, store, { next: 'back' });
    tellTrouble(kit, store, error);
  }
}
