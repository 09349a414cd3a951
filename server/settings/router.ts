import { SendPolicy } from "#flow/gate/policy.ts";
import { allowed, router } from "../trpc.ts";
import { listWordings } from "./list-wordings.ts";
import { previewPolicy } from "./preview-policy.ts";
import { readSettings } from "./read-policy.ts";
import { savePolicy } from "./save-policy.ts";
import {
  ImportList,
  importList,
  ListEntry,
  ListFile,
  previewList,
  readSuppressions,
  removeListed,
} from "./suppressions.ts";

export const settingsRouter = router({
  read: allowed("see-settings").query(({ ctx }) => readSettings(ctx)),
  /** A question and no change, though it comes with the whole policy. */
  preview: allowed("manage-workspace")
    .input(SendPolicy)
    .query(({ ctx, input }) => previewPolicy(ctx, input)),
  save: allowed("manage-workspace")
    .input(SendPolicy)
    .mutation(({ ctx, input }) => savePolicy(ctx, input)),
  /** For the consent rules: which words may be retired. */
  wordings: allowed("see-settings").query(({ ctx }) => listWordings(ctx)),
  suppressions: allowed("manage-workspace").query(({ ctx }) => readSuppressions(ctx)),
  /** A question and no change; as a mutation because a list does not fit into an address. */
  previewList: allowed("manage-workspace")
    .input(ListFile)
    .mutation(({ ctx, input }) => previewList(ctx, input)),
  importList: allowed("manage-workspace")
    .input(ImportList)
    .mutation(({ ctx, input }) => importList(ctx, input)),
  removeListed: allowed("manage-workspace")
    .input(ListEntry)
    .mutation(({ ctx, input }) => removeListed(ctx, input)),
});
