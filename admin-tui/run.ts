import type { Words } from '../src/words/words.ts';
import { type Action, BadUsage, type Terminal } from './command.ts';
import type { CommandName } from './commands/help.ts';
import { plain } from './plain.ts';

/** Done, refused, or typed wrongly: what a script reads. */
export type ExitCode = 0 | 1 | 2;

/** Does one action of a command and says what came of it; what is needed is loaded only here. */
export async function runCommand(terminal: Terminal, name: CommandName, args: string[]): Promise<ExitCode> {
  const [verb = '', ...rest] = args;
  const action = (await actionsOf(name)).get(verb);
  if (!action) {
    terminal.say(terminal.words.unknownCommand(plain(`${name} ${verb}`.trim())));
    terminal.say(terminal.words.seeHelp(`${name} `));
    return 2;
  }
  try {
    await action(terminal, rest);
    return 0;
  } catch (error) {
    return explain(terminal, name, error);
  }
}

async function actionsOf(name: CommandName): Promise<Map<string, Action>> {
  switch (name) {
    case 'policy':
      return (await import('./commands/policy.ts')).policyActions;
    case 'questions':
      return (await import('./commands/questions.ts')).questionActions;
    case 'people':
      return (await import('./commands/people.ts')).peopleActions;
  }
}

async function explain({ words, say }: Terminal, name: CommandName, error: unknown): Promise<ExitCode> {
  if (error instanceof BadUsage) {
    say(error.message);
    say(words.seeHelp(`${name} `));
    return 2;
  }
  if (error instanceof Error && error.name === 'BadConfig') {
    say(words.badConfig);
    say(error.message);
    return 1;
  }
  const { DoorClosed, DoorRefused } = await import('./api.ts');
  if (error instanceof DoorRefused) {
    say(plain(error.field === undefined ? error.message : words.refusedField(error.field, error.message)));
    return 1;
  }
  if (!(error instanceof DoorClosed)) throw error;
  say(whyClosed(words, error));
  return 1;
}

function whyClosed(words: Words['admin']['terminal'], closed: { why: string; path: string }): string {
  switch (closed.why) {
    case 'not-running':
      return words.notRunning(closed.path);
    case 'not-allowed':
      return words.notAllowed(closed.path);
    default:
      return words.lost;
  }
}
