import type { ReadStream, WriteStream } from 'node:tty';
import { Box, type Key, render, useCursor, useInput, usePaste, useWindowSize } from 'ink';
import { useSyncExternalStore } from 'react';
import { drawScreen } from './parts/draw-screen.ts';
import { PaintedLine } from './parts/paint.tsx';
import type { KeyPress } from './stage/key-press.ts';
import { controlPress, pressesIn } from './stage/presses.ts';
import type { Tools } from './stage/screen.ts';
import type { Stage } from './stage/stage.ts';

interface Shown {
  stage: Stage;
  tools: Pick<Tools, 'words' | 'session'>;
  /** How large to draw; without it as large as the window, whenever that changes. */
  size?: { columns: number; rows: number };
}

/** The screens: draws what is on the stage at the size of the window, and hands it the keys. */
export function App({ stage, tools, size }: Shown) {
  const state = useSyncExternalStore(stage.subscribe, stage.get);
  const window = useWindowSize();
  const { columns, rows } = size ?? window;
  const { setCursorPosition } = useCursor();
  useInput((input, key) => {
    for (const press of pressesOf(input, key)) stage.press(press);
  });
  usePaste((text) => stage.press({ key: 'text', text }));
  const { lines, cursor } = drawScreen({
    state,
    words: tools.words.stage,
    me: tools.session.me,
    columns,
    rows,
  });
  setCursorPosition(cursor && { x: cursor.column, y: cursor.line });
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      {lines.map((drawn, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the window has no other name than its place
        <PaintedLine key={index} drawn={drawn} />
      ))}
    </Box>
  );
}

/** Erases the window and goes to its beginning: after a change of size nothing stands where it stood. */
const eraseAll = '\u001b[2J\u001b[H';

/** Shows the screens in the terminal’s other buffer, until the administrator leaves. */
export async function showApp(stage: Stage, tools: Tools, { stdin, stdout }: Streams): Promise<void> {
  const shown = render(<App stage={stage} tools={tools} />, {
    stdin,
    stdout,
    alternateScreen: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    interactive: stdout.isTTY,
  });
  const redraw = () => {
    shown.clear();
    stdout.write(eraseAll);
  };
  stdout.prependListener('resize', redraw);
  await stage.ended;
  stdout.off('resize', redraw);
  shown.unmount();
  await shown.waitUntilExit();
}

interface Streams {
  stdin: ReadStream;
  stdout: WriteStream;
}

const names = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
  ['pageUp', 'page-up'],
  ['pageDown', 'page-down'],
  ['home', 'home'],
  ['end', 'end'],
] as const;

/** What Ink calls a key, as the stage calls it. */
function pressesOf(input: string, key: Key): KeyPress[] {
  if (key.tab) return [{ key: key.shift ? 'back-tab' : 'tab' }];
  const named = names.find(([name]) => key[name]);
  if (named) return [{ key: named[1] }];
  const control = key.ctrl ? controlPress(input) : undefined;
  if (key.ctrl) return control ? [control] : [];
  return key.meta ? [] : pressesIn(input);
}
