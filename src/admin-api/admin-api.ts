import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { Deps } from '../deps.ts';
import { languages } from '../words/words.ts';
import { requireAdministrator } from './administrator.ts';
import { type DoorEnv, makeDoor } from './door.ts';
import { answerFailure } from './failures.ts';
import { fillInRoutes } from './fill-in.ts';
import { peopleRoutes } from './people.ts';
import { policyRoutes } from './policy.ts';
import { questionRoutes } from './questions.ts';
import { refusalOf } from './refusal.ts';

const largestBody = 256 * 1024;

/** The second door: JSON for administrators. A function of the outside world; whoever comes without a token gets a 401. */
export function adminApi(deps: Deps) {
  const app = makeDoor();
  app.use(chooseLanguage, requireAdministrator(deps), limitBody);
  app.onError(answerFailure(deps));
  app.notFound((c) => c.json(refusalOf(c.get('language'), 'not-found'), 404));
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Sparekey for administrators', version: '1' },
  });
  return app
    .route('/', policyRoutes(deps))
    .route('/', questionRoutes(deps))
    .route('/', peopleRoutes(deps))
    .route('/', fillInRoutes(deps));
}

/** The door as its typed client sees it. */
export type AdminApi = ReturnType<typeof adminApi>;

const chooseLanguage = createMiddleware<DoorEnv>(async (c, next) => {
  const asked = c.req.header('accept-language')?.slice(0, 2).toLowerCase();
  c.set('language', languages.find((language) => language === asked) ?? 'en');
  await next();
});

const limitBody = bodyLimit({
  maxSize: largestBody,
  onError: (c) => c.json(refusalOf(c.get('language'), 'body-too-large'), 413),
});
