import { allowed, router } from "#server/trpc.ts";
import { listFlowNames } from "./list-flow-names.ts";
import { readBadges } from "./read-badges.ts";
import { readFirstSteps } from "./read-first-steps.ts";
import { readOverview } from "./read-overview.ts";

export const homeRouter = router({
  overview: allowed("see-workspace").query(({ ctx }) => readOverview(ctx)),
  firstSteps: allowed("see-workspace").query(({ ctx }) => readFirstSteps(ctx)),
  badges: allowed("see-hand-offs").query(({ ctx }) => readBadges(ctx)),
  flowNames: allowed("see-flows").query(({ ctx }) => listFlowNames(ctx)),
});
