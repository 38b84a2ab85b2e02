import { tellTrouble } from './carry-out.ts';
import { type ListFrame, rowsOf } from './frame.ts';
import { reload, takePage } from './list.ts';
import type { Asked, Page } from './screen.ts';
import type { Kit } from './stage.ts';
import { putFrame, type Store, topFrame } from './store.ts';

/** How long one waits for another letter before a search is fetched. */
const pause = 120;
/** How often a lost server is tried again. */
const again = 2000;
/** How many rows before the end more rows are fetched. */
const ahead = 5;

/** Makes the watcher that fetches the rows which the list on top wants, and more of them near the end. */
export function watchLists(kit: Kit, store: Store): () => void {
  const begun = new Map<number, string>();
  return () => {
    const top = topFrame(store.get());
    if (top?.kind !== 'list') return;
    const after = afterWanted(top);
    const load = `${top.wanted} ${after}`;
    if (after === undefined || begun.get(top.id) === load) return;
    begun.set(top.id, load);
    const wait = top.typing === 'search' ? pause : 0;
    setTimeout(() => void fetchRows(kit, store, { frame: top, after }), wait);
  };
}

/** Behind which row the next rows are wanted; undefined when none are. */
function afterWanted({ loaded, chosen, ...frame }: ListFrame): string | undefined {
  if (loaded.state === 'loading') return '';
  const next = loaded.page?.next ?? null;
  const nearEnd = chosen >= rowsOf({ ...frame, chosen, loaded }).length - ahead;
  return loaded.state === 'ready' && next !== null && nearEnd ? next : undefined;
}

interface Wanted {
  frame: ListFrame;
  after: string;
}

async function fetchRows(kit: Kit, store: Store, { frame, after }: Wanted): Promise<void> {
  if (typeof frame.screen.page !== 'function' || !stillWanted(store, frame)) return;
  const asked: Asked = { search: frame.filters.search ?? '', filters: frame.filters, after };
  try {
    const page: Page = await frame.screen.page(kit, asked);
    const now = stillWanted(store, frame);
    if (now) store.set(putFrame(store.get(), takePage(now, page, after)));
  } catch (error) {
    fail(kit, store, { frame, error });
  }
}

/** The frame as it is now, if it still wants these rows. */
function stillWanted(store: Store, { id, wanted }: ListFrame): ListFrame | undefined {
  const now = store.get().frames.find((frame) => frame.id === id);
  return now?.kind === 'list' && now.wanted === wanted ? now : undefined;
}

function fail(kit: Kit, store: Store, { frame, error }: { frame: ListFrame; error: unknown }): void {
  const now = stillWanted(store, frame);
  if (!now) return;
  const trouble = kit.explain(error);
  if (trouble.trouble === 'ended') {
    tellTrouble(kit, store, error);
    return;
  }
  const loaded = { ...now.loaded, state: 'failed', problem: trouble.message } as const;
  store.set(putFrame(store.get(), { ...now, loaded }));
  if (trouble.trouble === 'lost') setTimeout(() => tryAgain(store, now), again).unref();
}

function tryAgain(store: Store, frame: ListFrame): void {
  const now = stillWanted(store, frame);
  if (now?.loaded.state === 'failed' && store.get().open) store.set(putFrame(store.get(), reload(now)));
}
