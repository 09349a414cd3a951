import { allowed, router } from "#server/trpc.ts";
import { CancelBacktest, cancelBacktest } from "./cancel-backtest.ts";
import { ListBacktests, listBacktests } from "./list-backtests.ts";
import { ListPaths, listPaths } from "./list-paths.ts";
import { StartBacktest, startBacktest } from "./start-backtest.ts";

export const backtestsRouter = router({
  ofFlow: allowed("see-flows")
    .input(ListBacktests)
    .query(({ ctx, input }) => listBacktests(ctx, input)),
  paths: allowed("see-flows")
    .input(ListPaths)
    .query(({ ctx, input }) => listPaths(ctx, input)),
  start: allowed("run-backtests")
    .input(StartBacktest)
    .mutation(({ ctx, input }) => startBacktest(ctx, input)),
  cancel: allowed("run-backtests")
    .input(CancelBacktest)
    .mutation(({ ctx, input }) => cancelBacktest(ctx, input)),
});
