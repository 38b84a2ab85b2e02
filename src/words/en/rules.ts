/** Policy, approved questions and the audit: why the door refuses something, and what the commands say. */
export const rules = {
  problems: {
    'effects-changed':
      'The effects have changed since you saw them. Look at the new counts and confirm once more.',
    'too-few-for-privileged':
      'People in these groups could never meet this: for them questions do not count and at least two methods are always needed. Turn on more or ask for fewer.',
    'all-groups-excluded':
      'Each chosen group is excluded as well, so nobody takes part. Remove an exclusion.',
    'version-unknown': 'There is no such version of the policy. Look in the list of versions.',
    'question-changed-meanwhile':
      'Somebody else has changed this question meanwhile. Look at it again and then try once more.',
    'question-predefined':
      'A predefined question can only be turned on or off. Add a question of your own to use other words.',
    'question-retired': 'This question is retired. Approve it again first.',
    'actor-unknown': 'We know no administrator or person by this name. Check the name.',
    'moment-unreadable': 'This is no date. Use YYYY-MM-DD, or a moment such as 2026-11-01T12:00:00Z.',
    'place-unreadable': 'This is no place in the audit. Use the value of “next” from the answer before.',
    'head-unreadable': 'This is no seal of the audit. Copy the value of “auditHead” from the server’s log.',
  },
  commands: {
    policy: `See and change the policy

  policy show [--version N] [--format json]
  policy set SETTING=VALUE … [--yes] [--based-on N]
  policy preview SETTING=VALUE … [--format json]
  policy versions [--format json]
  policy compare N [M] [--format json]
  policy back N [--yes]

With set and back you first see what would change. If people would lose
something or become overdue, it is saved only with --yes.
With --based-on N it is saved only if version N is still in force.

Examples:
  npm run admin -- policy show
  npm run admin -- policy set methodsToReset=1 phoneCountries=NL,BE
  npm run admin -- policy set helpContact=mailto:help@example.org
  npm run admin -- policy set 'enabledFor={"who":"groups","groups":["Staff"]}'
  npm run admin -- policy preview methodsToRegister=3
  npm run admin -- policy compare 4 2
  npm run admin -- policy back 2 --yes`,
    questions: `Approved security questions

  questions list [--all] [--format json]
  questions add [--nl TEXT] [--en TEXT]
  questions edit ID [--nl TEXT] [--en TEXT] (--correction | --new-meaning)
  questions move ID (--before ID | --last)
  questions retire ID
  questions approve ID

Retired questions are in the list with --all. Whoever uses one keeps it until
the next check. An empty text takes a language away: --en ''
A correction keeps the answers; when the question asks something else
(--new-meaning) it becomes a new question and the old one is retired.

Examples:
  npm run admin -- questions list
  npm run admin -- questions add --en 'Which book did you reread as a child?'
  npm run admin -- questions move first-dish-cooked --before cuddly-toy-name
  npm run admin -- questions retire cuddly-toy-name`,
    audit: `See, take out and check the audit

  audit list [--person NAME] [--actor NAME] [--kind KIND]
             [--outcome done|refused] [--from DATE] [--to DATE]
             [--limit N] [--format json]
  audit export [--format csv|json|ndjson] [the same choices, without --limit]
  audit verify [--head SEAL] [--format json]

The newest event comes first; times are in UTC. A DATE is YYYY-MM-DD or a moment
such as 2026-11-01T12:00:00Z.
With verify you see whether anything was changed or taken away. Give a seal from
the server’s log (auditHead) with --head to see whether the end is missing too.

Examples:
  npm run admin -- audit list --person zoe --from 2026-11-01
  npm run admin -- audit list --actor anna --kind policy-replaced
  npm run admin -- audit export --format ndjson > audit.ndjson
  npm run admin -- audit verify`,
  },
  terminal: {
    was: 'Was',
    becomes: 'Becomes',
    version: 'Version',
    by: 'By',
    at: 'When (UTC)',
    changed: 'Changed',
    standard: 'default',
    nothingChanges: 'Nothing changes: this is the policy already.',
    sameVersions: 'These versions are the same.',
    needsYes: 'Nothing is saved. If you want this, do it again with --yes.',
    versionWrong: (typed: string) => `“${typed}” is no version. Give a number from policy versions.`,
    changedSince: (version: number) => `Changed since version ${version}:`,
    effectsNow: 'The effects are now:',
    effects: {
      losesReset: (count: number) =>
        count === 1
          ? '1 person could no longer reset the password.'
          : `${count} people could no longer reset their password.`,
      gainsReset: (count: number) =>
        count === 1
          ? '1 person could reset the password from now on.'
          : `${count} people could reset their password from now on.`,
      becomesOverdue: (count: number) =>
        count === 1 ? '1 person would be overdue at once.' : `${count} people would be overdue at once.`,
      noLongerOverdue: (count: number) =>
        count === 1 ? '1 person would no longer be overdue.' : `${count} people would no longer be overdue.`,
      newlyEnabled: (count: number) =>
        count === 1 ? '1 person would take part.' : `${count} people would take part.`,
      noLongerEnabled: (count: number) =>
        count === 1 ? '1 person would no longer take part.' : `${count} people would no longer take part.`,
      none: 'Nothing changes for anybody now.',
    },
    questionCorrected: (id: string) => `The question ${id} is corrected.`,
    questionReplaced: (id: string, old: string) =>
      `The question ${old} is retired; the new question has id ${id}.`,
    questionApproved: (id: string) => `The question ${id} is approved again.`,
    questionMoved: (id: string) => `The question ${id} is moved.`,
    chooseMeaning: 'Choose --correction or --new-meaning.',
    choosePlace: 'Choose --before ID or --last.',
    event: 'Event',
    outcome: 'Outcome',
    actor: 'By',
    person: 'Person',
    details: 'More',
    outcomes: { done: 'done', refused: 'refused' },
    actors: { system: 'Sparekey', stranger: 'stranger', administrator: 'administrator', person: 'person' },
    noEvents: 'Nothing was found.',
    badExport: 'The format can only be csv, json or ndjson.',
    more: 'There is more. Ask for more with --limit, or take all of it out with audit export.',
    sound: ({ rows, batches }: { rows: number; batches: number }) =>
      `The audit is sound. Rows: ${rows}, in sealed batches: ${batches}.`,
    unsealed: (count: number) =>
      count === 1 ? '1 row is not sealed yet.' : `${count} rows are not sealed yet.`,
    prunedTo: (seq: number) => `Up to row ${seq} the audit was pruned, as the policy says.`,
    unsound: 'The audit does not match its seals.',
    findings: {
      'rows-changed': 'something was changed here',
      'rows-missing': 'rows are missing here',
      'rows-added': 'rows were added here',
      'seals-missing': 'seals are missing here',
      'seal-changed': 'this seal does not follow the one before',
      'key-missing': 'the key of this seal is missing',
      'end-missing': 'the end is missing',
      'end-changed': 'this seal is another one than you gave',
    },
    finding: ({ from, to, what }: { from: number; to: number; what: string }) =>
      from === to ? `row ${from}: ${what}` : `rows ${from} to ${to}: ${what}`,
  },
};
