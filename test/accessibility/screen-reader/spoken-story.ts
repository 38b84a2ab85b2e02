import { expect } from 'vitest';
import type { Words } from '../../../src/words/words.ts';
import { newPassword } from '../../helpers/resets.ts';
import { password, type TestHouse } from '../../helpers/test-house.ts';
import type { Listener } from './listener.ts';

/** One person who listens, and the house whose pages they hear. */
export interface Spoken {
  me: Listener;
  house: TestHouse;
  t: Words;
  userName: string;
  number: string;
  address: string;
}

interface Problem {
  problem: string;
  field: string;
  /** A password field: Orca 43 says of every field but those that it is invalid. */
  secret?: boolean;
}

/** Expects a sentence once in all that was said. */
function expectOnce(said: string, sentence: string): void {
  expect(said.split(sentence).length - 1, `“${sentence}” in: ${said}`).toBe(1);
}

/** Leaves a form as it is; the problem is said once, and its link leads to the field, which says it too. */
async function hearProblem({ me, t }: Spoken, { problem, field, secret = false }: Problem): Promise<void> {
  await me.step(`refused: ${problem}`);
  await me.press('Return');
  const summary = `${t.common.problemsTitle}. ${problem}`;
  expectOnce(await me.hear(summary), summary);
  await me.tabTo(problem);
  await me.step('its field');
  await me.press('Return');
  await me.hear(field, `${t.common.error}: ${problem}`, ...(secret ? [] : ['invalid']));
}

/** Types the code that was sent, a wrong one first. */
async function typeCode(spoken: Spoken, to: string): Promise<void> {
  const { me, house, t } = spoken;
  const code = await house.codeFor(to);
  await me.type(code === '111111' ? '222222' : '111111');
  await hearProblem(spoken, { problem: t.register.code.incorrect(4), field: t.register.code.label });
  await me.type(`${code.slice(0, 3)} ${code.slice(3)}`);
}

/** Sends a form whose step is then done: the outcome is said once, and where the focus comes. */
async function hearOutcome(me: Listener, { outcome, focus }: { outcome: string; focus: readonly string[] }) {
  await me.step(outcome);
  await me.press('Return');
  expectOnce(await me.hear(outcome, ...focus), outcome);
}

/** From a sign-in page that has just opened to the overview. */
export async function signIn({ me, t, userName }: Spoken): Promise<void> {
  await me.hear(t.signIn.userName);
  await me.type(userName);
  await me.step('password');
  await me.press('Tab');
  await me.hear(t.signIn.password);
  await me.type(password);
  await me.step('overview');
  await me.press('Return');
  await me.hear(
    t.register.title,
    t.register.intro.slice(0, 40),
    t.methods.names['authentication-phone'],
    t.register.states['not-set-up'],
    t.register.progress.title,
    t.register.progress.methods(2),
  );
}

/** The own phone: nothing typed first, a wrong code, and done. */
export async function registerPhone(spoken: Spoken): Promise<void> {
  const { me, t, number } = spoken;
  const { setUp, change, phone, code, said } = t.register;
  await me.tabTo(setUp['authentication-phone']);
  await me.step('phone');
  await me.press('Return');
  await me.hear(phone.number, phone.hint);
  await hearProblem(spoken, { problem: t.problems['phone-empty'], field: phone.number });
  await me.type(number);
  await me.step('how the code comes');
  await me.press('Tab');
  await me.hear(phone.channel, t.methods.channelChoices.text);
  await me.press('space');
  const outcome = said.sent.text(t.methods.masks.number(number.slice(-2)));
  await hearOutcome(me, { outcome, focus: [code.label, code.hint] });
  await typeCode(spoken, number);
  const ready = said.ready(t.methods.names['authentication-phone']);
  await hearOutcome(me, { outcome: ready, focus: [change['authentication-phone']] });
}

/** An e-mail address of one's own. */
export async function registerMail(spoken: Spoken): Promise<void> {
  const { me, t, house, address } = spoken;
  const { setUp, change, email, code, said } = t.register;
  await me.tabTo(setUp['authentication-email']);
  await me.step('e-mail');
  await me.press('Return');
  await me.hear(email.address, email.hint);
  await me.type(address);
  const outcome = said.sent.mail(t.methods.masks.address('p', 'example.com'));
  await hearOutcome(me, { outcome, focus: [code.label, code.hint] });
  await me.type(await house.codeFor(address));
  const ready = said.ready(t.methods.names['authentication-email']);
  await hearOutcome(me, { outcome: ready, focus: [change['authentication-email']] });
}

/** The security questions, an answer that is too short first. */
export async function answerQuestions(spoken: Spoken, answers: readonly string[]): Promise<void> {
  const { me, t } = spoken;
  const { setUp, change, questions, said } = t.register;
  const next = [questions.question, questions.choose];
  await me.tabTo(setUp['security-questions']);
  await me.step('questions');
  await me.press('Return');
  await me.hear(...next);
  for (const [index, answer] of answers.entries()) {
    await me.step(`question ${index + 1}`);
    await me.press('Down');
    await me.press('Tab');
    await me.hear(questions.answer, questions.hint);
    if (index === 0) {
      await me.type('x');
      await hearProblem(spoken, { problem: t.problems['answer-too-short'], field: questions.answer });
    }
    await me.type(answer);
    const focus = index + 1 < answers.length ? next : [change['security-questions']];
    await hearOutcome(me, { outcome: said.answerKept(index + 1), focus });
  }
}

/** The end of a registration. */
export async function finish({ me, t }: Spoken): Promise<void> {
  const { progress, finished } = t.register;
  await me.tabTo(progress.finish);
  await me.step('finished');
  await me.press('Return');
  await me.hear(finished.title, finished.text.slice(0, 30), t.methods.names['authentication-phone']);
}

/** From the first page of a reset that has just opened to the methods. */
export async function beginReset({ me, t, userName }: Spoken): Promise<void> {
  const { reset } = t;
  await me.hear(reset.userName, reset.userNameHint);
  await me.type(userName);
  await me.step('what is the matter');
  await me.press('Tab');
  await me.hear(reset.wish, reset.wishes.forgot);
  await me.press('space');
  await me.step('methods');
  await me.press('Return');
  await me.hear(reset.methods.title, reset.methods.needed(2));
}

/** Proves the phone and the mailbox, both typed whole. */
export async function proveBoth(spoken: Spoken): Promise<void> {
  const { me, t, house, number, address } = spoken;
  const { methods, phone, email } = t.reset;
  const { code } = t.register;
  await me.tabTo(methods.choose['authentication-phone']);
  await me.step('phone');
  await me.press('Return');
  await me.hear(phone.number, phone.hint);
  await me.type(number);
  await me.press('Tab');
  await me.hear(phone.channel);
  await me.press('space');
  await me.step('code of the phone');
  await me.press('Return');
  await me.hear(code.label, code.hint);
  await typeCode(spoken, number);
  await me.step('one more');
  await me.press('Return');
  await me.hear(methods.more(1));
  await me.tabTo(methods.choose['authentication-email']);
  await me.step('e-mail');
  await me.press('Return');
  await me.hear(email.address, email.hint);
  await me.type(address);
  await me.step('code of the e-mail');
  await me.press('Return');
  await me.hear(code.label, code.hint);
  await me.type(await house.codeFor(address));
}

/** Chooses a password, a short one first. */
export async function choosePassword(spoken: Spoken): Promise<void> {
  const { me, t } = spoken;
  const { password: words, done } = t.reset;
  await me.step('new password');
  await me.press('Return');
  await me.hear(words.label, words.hint);
  await me.type('kort');
  await hearProblem(spoken, { problem: t.problems['password-too-short'], field: words.label, secret: true });
  await me.type(newPassword);
  await me.step('again');
  await me.press('Tab');
  await me.hear(words.repeat);
  await me.type(newPassword);
  await me.step('done');
  await me.press('Return');
  await me.hear(done.titles.reset, done.reset.slice(0, 40), done.told);
}
