import { relative } from 'node:path';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** The files that take longest, the longest first: whoever comes to one of them last works alone at the end. */
const longest = [
  'test/accessibility/pages.test.ts',
  'test/accessibility/screen-reader/orca.test.ts',
  'test/cluster/two-nodes.test.ts',
  'test/rotation/rotation.test.ts',
  'test/start/start.test.ts',
  'test/start/one-store.test.ts',
  'test/crash/kill.test.ts',
  'test/crash/reset-kill.test.ts',
  'test/admin-tui/rules-commands.test.ts',
  'test/browsers/chromium.test.ts',
  'test/admin-tui/commands.test.ts',
  'test/browsers/chromium-back.test.ts',
  'test/admin-tui/administrators.test.ts',
  'test/browsers/chromium-reset.test.ts',
  'test/browsers/firefox-back.test.ts',
  'test/admin-tui/people-commands.test.ts',
  'test/security/guessing.test.ts',
  'test/security/fuzz/fuzz.test.ts',
  'test/security/reset-guessing.test.ts',
  'test/store/moving.test.ts',
  'test/store/postgres.test.ts',
  'test/browsers/text-reset.test.ts',
  'test/security/data.test.ts',
  'test/redis/kinds.test.ts',
  'test/cluster/nodes.test.ts',
  'test/imports/kill.test.ts',
  'test/directory/killed.test.ts',
  'test/security/reset-flow.test.ts',
  'test/security/flow.test.ts',
  'test/security/web.test.ts',
  'test/admin-tui/overdue-commands.test.ts',
  'test/browsers/line.test.ts',
  'test/admin-tui/story.test.ts',
  'test/accessibility/terminal.test.ts',
  'test/commands/recover-administrator.test.ts',
  'test/imports/large.test.ts',
];

/** Begins with the files that take longest; the others come in the order of their size. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = (spec: TestSpecification) => {
      const place = longest.indexOf(relative(spec.project.config.root, spec.moduleId));
      return place < 0 ? longest.length : place;
    };
    const sorted = await super.sort(files);
    const group = (spec: TestSpecification) => spec.project.config.sequence.groupOrder;
    return sorted.toSorted((a, b) => group(a) - group(b) || placeOf(a) - placeOf(b));
  }
}
