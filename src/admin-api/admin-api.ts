import { createMiddleware } from 'hono/factory';
import type { Via } from '../administrators/signed-in.ts';
import type { Deps } from '../deps.ts';
import { languages } from '../words/languages.ts';
import { accessCodeStepRoutes } from './access-code-steps.ts';
import { accessCodeRoutes } from './access-codes.ts';
import { administratorMailRoutes } from './administrator-mail.ts';
import { administratorRoutes } from './administrators.ts';
import { apiTokenRoutes } from './api-tokens.ts';
import { auditRoutes } from './audit.ts';
import { authenticate } from './authenticate.ts';
import { type DoorEnv, makeDoor } from './door.ts';
import { answerFailure } from './failures.ts';
import { fillInRoutes } from './fill-in.ts';
import { groupRoutes } from './groups.ts';
import { importRoutes } from './imports.ts';
import { limitBody } from './limit-body.ts';
import { metricsRoutes } from './metrics.ts';
import { overdueRoutes } from './overdue.ts';
import { overviewRoutes } from './overview.ts';
import { ownAccountRoutes } from './own-account.ts';
import { leaveToDirectory } from './owned-elsewhere.ts';
import { peopleRoutes } from './people.ts';
import { personActionRoutes } from './person-actions.ts';
import { policyRoutes } from './policy.ts';
import { questionRoutes } from './questions.ts';
import { recoveryRoutes } from './recovery.ts';
import { refusalOf } from './refusal.ts';
import { reminderRoutes } from './reminders.ts';
import { revealRoutes } from './reveal.ts';
import { signInRoutes } from './sign-in.ts';
import { statusRoutes } from './status.ts';

/**
 * The second door: JSON for administrators, on the machine's own socket or on TCP. A function of the outside world;
 * whoever comes without a token gets a 401.
 */
export function adminApi(deps: Deps, via: Via = 'socket') {
  const app = makeDoor();
  app.use(chooseLanguage, knowOrigin(via), authenticate(deps), limitBody, leaveToDirectory(deps));
  app.onError(answerFailure(deps));
  app.notFound((c) => c.json(refusalOf(c.get('language'), 'not-found'), 404));
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Sparekey for administrators', version: '1' },
  });
  return app
    .route('/', signInRoutes(deps))
    .route('/', ownAccountRoutes(deps))
    .route('/', recoveryRoutes(deps))
    .route('/', administratorRoutes(deps))
    .route('/', administratorMailRoutes(deps))
    .route('/', apiTokenRoutes(deps))
    .route('/', statusRoutes(deps))
    .route('/', policyRoutes(deps))
    .route('/', questionRoutes(deps))
    .route('/', auditRoutes(deps))
    .route('/', peopleRoutes(deps))
    .route('/', personActionRoutes(deps))
    .route('/', revealRoutes(deps))
    .route('/', groupRoutes(deps))
    .route('/', accessCodeRoutes(deps))
    .route('/', accessCodeStepRoutes(deps))
    .route('/', overdueRoutes(deps))
    .route('/', overviewRoutes(deps))
    .route('/', metricsRoutes(deps))
    .route('/', reminderRoutes(deps))
    .route('/', fillInRoutes(deps))
    .route('/', importRoutes(deps));
}

/** The door as its typed client sees it. */
export type AdminApi = ReturnType<typeof adminApi>;

const chooseLanguage = createMiddleware<DoorEnv>(async (c, next) => {
  const asked = c.req.header('accept-language')?.slice(0, 2).toLowerCase();
  c.set('language', languages.find((language) => language === asked) ?? 'en');
  await next();
});

function knowOrigin(via: Via) {
  return createMiddleware<DoorEnv>(async (c, next) => {
    c.set('via', via);
    c.set('address', c.env?.incoming?.socket.remoteAddress ?? null);
    await next();
  });
}
