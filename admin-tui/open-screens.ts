import type { ReadStream, WriteStream } from 'node:tty';
import type { Language } from '../src/words/languages.ts';
import { wordsOf } from '../src/words/words.ts';
import { type DoorAddress, openDoor, signOut } from './api.ts';
import type { Terminal } from './command.ts';
import { explainTrouble } from './explain.ts';
import { askToDrop } from './screens/drop.ts';
import { signInScreen } from './screens/sign-in.ts';
import { welcomeScreen } from './screens/welcome.ts';
import type { Session } from './stage/screen.ts';
import { type Kit, openStage } from './stage/stage.ts';

/** Where the screens are shown, and how. */
export interface ScreensWanted extends Streams {
  terminal: Terminal;
  /** Line by line, for screen readers and simple terminals. */
  lines: boolean;
  /** Whether the language was asked for on the command line; otherwise the administrator’s own is spoken. */
  languageChosen: boolean;
}

interface Streams {
  stdin: ReadStream;
  stdout: WriteStream;
}

/** Makes everything that screens need of a door, with nobody signed in. */
export function makeKit(at: DoorAddress, language: Language, languageChosen: boolean): Kit {
  const session: Session = { token: undefined, me: undefined, language, languageChosen };
  const kit: Kit = {
    door: () => openDoor({ at, token: session.token ?? null, language: session.language }),
    get all() {
      return wordsOf(session.language);
    },
    get words() {
      return wordsOf(session.language).screens;
    },
    session,
    now: Date.now,
    signInAgain: () => signInScreen(kit, 'again'),
    askToDrop: (leave) => askToDrop(kit.words.stage, leave),
    explain: (error) => explainTrouble(kit.all, error),
  };
  return kit;
}

/** Shows the screens until the administrator leaves; tells what a program that started it wants to know. */
export async function openScreens({
  terminal,
  lines,
  languageChosen,
  ...streams
}: ScreensWanted): Promise<0 | 1> {
  const at = await placeOf(terminal);
  if (!at) return 1;
  const kit = makeKit(at, terminal.language, languageChosen);
  const stage = openStage(kit, welcomeScreen(kit));
  if (lines) await (await import('./lines/line-mode.ts')).showInLines(stage, kit, streams);
  else await (await import('./app.tsx')).showApp(stage, kit, streams);
  await leave(kit);
  return 0;
}

/** Where the door is; a configuration that is not right is said, all of it. */
async function placeOf(terminal: Terminal): Promise<DoorAddress | undefined> {
  try {
    return await terminal.at();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'BadConfig')) throw error;
    terminal.say(terminal.words.badConfig);
    terminal.say(error.message);
    return undefined;
  }
}

/** Ends the session; a door that is shut by now has ended it already. */
async function leave({ session, door }: Kit): Promise<void> {
  if (session.token !== undefined) await signOut(door()).catch(() => {});
}
