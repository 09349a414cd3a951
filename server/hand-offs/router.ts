import { allowed, router } from "../trpc.ts";
import { claimHandOff, HandOffInput, ResolveHandOffInput, resolveHandOff } from "./change-hand-off.ts";
import { ListHandOffsInput, listHandOffs } from "./list-hand-offs.ts";

export const handOffsRouter = router({
  list: allowed("see-hand-offs")
    .input(ListHandOffsInput)
    .query(({ ctx, input }) => listHandOffs(ctx, input)),
  claim: allowed("answer-hand-offs")
    .input(HandOffInput)
    .mutation(({ ctx, input }) => claimHandOff(ctx, input)),
  resolve: allowed("answer-hand-offs")
    .input(ResolveHandOffInput)
    .mutation(({ ctx, input }) => resolveHandOff(ctx, input)),
});
