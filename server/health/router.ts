import { allowed, router } from "../trpc.ts";
import { HoldSending, holdSending } from "./hold-sending.ts";
import { countAlerts, readBoard } from "./read-board.ts";

export const healthRouter = router({
  board: allowed("see-health").query(({ ctx }) => readBoard(ctx)),
  alerts: allowed("see-health").query(({ ctx }) => countAlerts(ctx)),
  hold: allowed("hold-sending")
    .input(HoldSending)
    .mutation(({ ctx, input }) => holdSending(ctx, input)),
});
