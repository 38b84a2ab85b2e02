import { goTo, shown } from '../web/page.ts';
import { nextPath, stepPage, type UnderWay } from './step.ts';

declare module '../web/views.ts' {
  interface Views {
    'reset/methods': {
      /** How far the proving is, in words. */
      progress: string;
      /** Nothing has been proven yet. */
      first: boolean;
      choices: { path: string; label: string }[];
      /** The questions can be answered later. */
      questionsLater: boolean;
    };
  }
}

/** The methods with which this reset can go on: the policy's until a gate is passed, then those the person has. */
export function choicesOf({ standing }: UnderWay) {
  return standing.result === 'known' ? standing.possible : standing.still.open;
}

/** The methods to choose from; the first thing that everybody sees after typing a name. */
export const methodsPage = stepPage({
  path: '/reset/methods',
  view: 'reset/methods',
  title: ({ t }) => t.reset.methods.title,
  async show({ t }, at) {
    const { still, asked } = at.standing;
    if (still.met) return goTo(nextPath(at));
    const choices = choicesOf(at);
    if (choices.length === 0) return goTo('/reset/not-possible');
    const words = t.reset.methods;
    const first = still.passed === 0;
    return shown({
      progress: first ? words.needed(still.needed) : words.more(still.needed - still.passed),
      first,
      choices: choices.map((kind) => ({ path: `/reset/${kind}`, label: words.choose[kind] })),
      questionsLater: first && asked.methods.includes('security-questions'),
    });
  },
});
