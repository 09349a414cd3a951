import { accessKeysRouter } from "./access-keys/router.ts";
import { approvalsRouter } from "./approvals/router.ts";
import { audiencesRouter } from "./audiences/router.ts";
import { auditRouter } from "./audit/router.ts";
import { meRouter } from "./auth/router.ts";
import { backtestsRouter } from "./backtests/router.ts";
import { channelSetupRouter } from "./channel-setup/router.ts";
import { contactsRouter } from "./contacts/router.ts";
import { dashboardRouter } from "./dashboard/router.ts";
import { experimentsRouter } from "./experiments/router.ts";
import { explainRouter } from "./explain/router.ts";
import { liveRouter } from "./flows/live/router.ts";
import { flowsRouter } from "./flows/router.ts";
import { handOffsRouter } from "./hand-offs/router.ts";
import { healthRouter } from "./health/router.ts";
import { homeRouter } from "./home/router.ts";
import { importsRouter } from "./imports/router.ts";
import { messagesRouter } from "./messages/router.ts";
import { notificationsRouter } from "./notifications/router.ts";
import { optInFormsRouter } from "./opt-in-forms/router.ts";
import { sandboxPhonesRouter } from "./sandbox-phones/router.ts";
import { secondFactorRouter } from "./second-factor/router.ts";
import { settingsRouter } from "./settings/router.ts";
import { templatesRouter } from "./templates/router.ts";
import { router } from "./trpc.ts";
import { peopleRouter } from "./workspace/router.ts";

/** All procedures of the product, by feature. One line each. */
export const appRouter = router({
  accessKeys: accessKeysRouter,
  approvals: approvalsRouter,
  audiences: audiencesRouter,
  audit: auditRouter,
  backtests: backtestsRouter,
  channelSetup: channelSetupRouter,
  contacts: contactsRouter,
  dashboard: dashboardRouter,
  experiments: experimentsRouter,
  explain: explainRouter,
  flows: flowsRouter,
  handOffs: handOffsRouter,
  health: healthRouter,
  home: homeRouter,
  imports: importsRouter,
  live: liveRouter,
  me: meRouter,
  messages: messagesRouter,
  notifications: notificationsRouter,
  optInForms: optInFormsRouter,
  people: peopleRouter,
  sandboxPhones: sandboxPhonesRouter,
  secondFactor: secondFactorRouter,
  settings: settingsRouter,
  templates: templatesRouter,
});

export type AppRouter = typeof appRouter;
