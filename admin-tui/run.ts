import { type Words, wordsOf } from '../src/words/words.ts';
import { type Action, BadUsage, NotDone, type Terminal } from './command.ts';
import { type CommandName, takesNoVerb } from './commands/help.ts';
import { plain } from './plain.ts';

/** Done, refused, or typed wrongly: what a script reads. */
export type ExitCode = 0 | 1 | 2;

/** Does one action of a command and says what came of it; what is needed is loaded only here. */
export async function runCommand(terminal: Terminal, name: CommandName, args: string[]): Promise<ExitCode> {
  const [verb = '', ...rest] = takesNoVerb(name) ? ['', ...args] : args;
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
    case 'audit':
      return (await import('./commands/audit.ts')).auditActions;
    case 'people':
      return (await import('./commands/people.ts')).peopleActions;
    case 'groups':
      return (await import('./commands/groups.ts')).groupActions;
    case 'overview':
    case 'overdue':
    case 'remind':
    case 'report':
      return new Map([['', (await import('./commands/overdue.ts')).overdueActions[name]]]);
    case 'sign-in':
    case 'sign-out':
    case 'first-administrator':
      return new Map([['', (await import('./commands/come-in.ts')).comingIn[name]]]);
    case 'administrators':
      return (await import('./commands/administrators.ts')).administratorActions;
    case 'tokens':
      return (await import('./commands/tokens.ts')).tokenActions;
  }
}

async function explain(
  { words, say, language }: Terminal,
  name: CommandName,
  error: unknown,
): Promise<ExitCode> {
  if (error instanceof BadUsage) {
    say(error.message);
    say(words.seeHelp(`${name} `));
    return 2;
  }
  if (error instanceof NotDone) {
    say(error.message);
    return 1;
  }
  if (error instanceof Error && error.name === 'Interrupted') return 1;
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
  say(
    error.why === 'untrusted'
      ? wordsOf(language).administrators.terminal.untrusted(error.path)
      : whyClosed(words, error),
  );
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
