import { listsScreens } from './screens/lists.ts';
import { peopleScreens } from './screens/people.ts';
import { rulesScreens } from './screens/rules.ts';
import { stageScreens } from './screens/stage.ts';
import { upkeepScreens } from './screens/upkeep.ts';

/** De schermen van beheerders. */
export const screens = {
  ...stageScreens,
  ...peopleScreens,
  ...rulesScreens,
  ...listsScreens,
  ...upkeepScreens,
};
