import { allowed, router } from "#server/trpc.ts";
import { readMe } from "./read-me.ts";
import { SetLanguage, setLanguage } from "./set-language.ts";

export const meRouter = router({
  get: allowed("see-workspace").query(({ ctx }) => readMe(ctx)),
  setLanguage: allowed("change-own-settings")
    .input(SetLanguage)
    .mutation(({ ctx, input }) => setLanguage(ctx, input)),
});
