import { allowed, router } from "#server/trpc.ts";
import { confirmPerson } from "./confirm-person.ts";
import { finishSecondFactor } from "./finish-second-factor.ts";
import { readSecondFactor } from "./read-second-factor.ts";
import { removeSecondFactor } from "./remove-second-factor.ts";
import { renewRecoveryCodes } from "./renew-recovery-codes.ts";
import { SetApproverRule, setApproverRule } from "./set-approver-rule.ts";
import { StartSecondFactor, startSecondFactor } from "./start-second-factor.ts";
import { WithCode } from "./with-code.ts";

export const secondFactorRouter = router({
  read: allowed("see-workspace").query(({ ctx }) => readSecondFactor(ctx)),
  start: allowed("change-own-settings")
    .input(StartSecondFactor)
    .mutation(({ ctx, input }) => startSecondFactor(ctx, input)),
  finish: allowed("change-own-settings")
    .input(WithCode)
    .mutation(({ ctx, input }) => finishSecondFactor(ctx, input)),
  confirm: allowed("change-own-settings")
    .input(WithCode)
    .mutation(({ ctx, input }) => confirmPerson(ctx, input)),
  renewCodes: allowed("change-own-settings")
    .input(WithCode)
    .mutation(({ ctx, input }) => renewRecoveryCodes(ctx, input)),
  remove: allowed("change-own-settings")
    .input(WithCode)
    .mutation(({ ctx, input }) => removeSecondFactor(ctx, input)),
  setApproverRule: allowed("manage-people")
    .input(SetApproverRule)
    .mutation(({ ctx, input }) => setApproverRule(ctx, input)),
});
