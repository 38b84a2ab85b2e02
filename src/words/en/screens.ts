import { listsScreens } from './screens/lists.ts';
import { peopleScreens } from './screens/people.ts';
import { rulesScreens } from './screens/rules.ts';
import { stageScreens } from './screens/stage.ts';
import { upkeepScreens } from './screens/upkeep.ts';

/** The administrators’ screens. */
export const screens = {
  ...stageScreens,
  ...peopleScreens,
  ...rulesScreens,
  ...listsScreens,
  ...upkeepScreens,
};
