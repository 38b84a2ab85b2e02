import { adminApi } from '../../src/admin-api/admin-api.ts';
import { addAdministrator, sessionOf } from '../helpers/administrators.ts';
import type { TestHouse } from '../helpers/test-house.ts';

/** Asks the door of a house whose clock the test moves, as anna, who has just signed in. */
export function doorOf(house: TestHouse) {
  const app = adminApi(house.deps);
  return async (path: string, body?: object): Promise<Response> => {
    const token = await sessionOf(house.deps, await addAdministrator(house.deps, 'anna'));
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return app.request(path, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers });
  };
}
