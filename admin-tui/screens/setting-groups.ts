import type { InferResponseType } from 'hono/client';
import type { Door } from '../api.ts';
import type { Tools } from '../stage/screen.ts';

/** The policy in force, as the door gives it. */
export type PolicyInForce = InferResponseType<Door['policy']['$get'], 200>;
/** Every setting of a policy. */
export type Policy = PolicyInForce['policy'];
/** The name of a setting. */
export type Setting = keyof Policy;

/** What a setting is typed as. */
export type Input = 'whether' | 'number' | 'list' | 'text' | 'language' | 'who';

/** Every setting in the order in which it is shown, with what it is typed as. */
export const settingGroups: readonly {
  heading: keyof Tools['words']['policy']['headings'];
  settings: readonly [Setting, Input][];
}[] = [
  {
    heading: 'who',
    settings: [
      ['enabledFor', 'who'],
      ['registrationRequired', 'whether'],
      ['postponeDays', 'number'],
      ['registerWithinDays', 'number'],
      ['checkAgainAfterDays', 'number'],
      ['privilegedGroups', 'list'],
    ],
  },
  {
    heading: 'methods',
    settings: [
      ['officePhone', 'whether'],
      ['phoneText', 'whether'],
      ['phoneCall', 'whether'],
      ['authenticationEmail', 'whether'],
      ['securityQuestions', 'whether'],
      ['methodsToReset', 'number'],
      ['methodsToRegister', 'number'],
      ['questionsToRegister', 'number'],
      ['questionsToReset', 'number'],
    ],
  },
  {
    heading: 'messages',
    settings: [
      ['notifyOfReset', 'whether'],
      ['helpContact', 'text'],
      ['phoneCountries', 'list'],
      ['stoppedCountries', 'list'],
      ['messagesPerDay', 'number'],
    ],
  },
  {
    heading: 'house',
    settings: [
      ['organisationName', 'text'],
      ['defaultLanguage', 'language'],
      ['ownMailDomains', 'list'],
      ['accessCodeNeedsApproval', 'whether'],
      ['keepAuditDays', 'number'],
    ],
  },
];
