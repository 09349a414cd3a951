import { allowed, router } from "../trpc.ts";
import { DeadLetters, DeadLettersSince, deadLettersVerb, retryDeadLettersSince } from "./answer-dead-letters.ts";
import { HoldSending, holdSending } from "./hold-sending.ts";
import { countAlerts, readBoard } from "./read-board.ts";

const retry = deadLettersVerb("retry-dead-letters");
const discard = deadLettersVerb("discard-dead-letters");

export const healthRouter = router({
  board: allowed("see-health").query(({ ctx }) => readBoard(ctx)),
  alerts: allowed("see-health").query(({ ctx }) => countAlerts(ctx)),
  hold: allowed("hold-sending")
    .input(HoldSending)
    .mutation(({ ctx, input }) => holdSending(ctx, input)),
  retry: allowed("retry-dead-letters")
    .input(DeadLetters)
    .mutation(({ ctx, input }) => retry(ctx, input)),
  retrySince: allowed("retry-dead-letters")
    .input(DeadLettersSince)
    .mutation(({ ctx, input }) => retryDeadLettersSince(ctx, input)),
  discard: allowed("discard-dead-letters")
    .input(DeadLetters)
    .mutation(({ ctx, input }) => discard(ctx, input)),
});
