import { allowed, router } from "../trpc.ts";
import { CountRule, countRule } from "./count-rule.ts";

export const audiencesRouter = router({
  countRule: allowed("see-audiences")
    .input(CountRule)
    .query(({ ctx, input, signal }) => countRule(ctx, input, signal)),
});
