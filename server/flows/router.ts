import { allowed, router } from "#server/trpc.ts";
import { ChangeFlowStatus, flowStatusVerb } from "./change-flow-status.ts";
import { CreateFlow, createFlow } from "./create-flow.ts";
import { DeleteCase, deleteCase } from "./delete-case.ts";
import { DuplicateFlow, duplicateFlow } from "./duplicate-flow.ts";
import { ExportFlow, exportFlow } from "./export-flow.ts";
import { GetFlow, getFlow } from "./get-flow.ts";
import { GetVersion, getVersion } from "./get-version.ts";
import { ImportFlow, importFlow } from "./import-flow.ts";
import { ListCases, listCases } from "./list-cases.ts";
import { listEventNames } from "./list-event-names.ts";
import { ListFlows, listFlows } from "./list-flows.ts";
import { ListVersions, listVersions } from "./list-versions.ts";
import { MarkPresence, markPresence } from "./mark-presence.ts";
import { PlanPublish, PublishFlow, planPublish, publishFlow } from "./publish-flow.ts";
import { ReadInside, readInside } from "./read-inside.ts";
import { readReadiness } from "./read-readiness.ts";
import { readWorld } from "./read-world.ts";
import { RenameFlow, renameFlow } from "./rename-flow.ts";
import { RestoreVersion, restoreVersion } from "./restore-version.ts";
import { RollBack, rollBack } from "./roll-back.ts";
import { SaveCase, saveCase } from "./save-case.ts";
import { SaveDraft, saveDraft } from "./save-draft.ts";
import { CancelPublish, cancelPublish } from "./schedule-publish.ts";

const statusVerb = (act: Parameters<typeof flowStatusVerb>[0]) => {
  const verb = flowStatusVerb(act);
  const who = act === "archive-flow" || act === "restore-flow" ? "edit-flows" : "pause-flows";
  return allowed(who)
    .input(ChangeFlowStatus)
    .mutation(({ ctx, input }) => verb(ctx, input));
};

export const flowsRouter = router({
  list: allowed("see-flows")
    .input(ListFlows)
    .query(({ ctx, input }) => listFlows(ctx, input)),
  get: allowed("see-flows")
    .input(GetFlow)
    .query(({ ctx, input }) => getFlow(ctx, input)),
  versions: allowed("see-flows")
    .input(ListVersions)
    .query(({ ctx, input }) => listVersions(ctx, input)),
  version: allowed("see-flows")
    .input(GetVersion)
    .query(({ ctx, input }) => getVersion(ctx, input)),
  export: allowed("export-flows")
    .input(ExportFlow)
    .query(({ ctx, input }) => exportFlow(ctx, input)),
  cases: allowed("see-flows")
    .input(ListCases)
    .query(({ ctx, input }) => listCases(ctx, input)),
  saveCase: allowed("edit-flows")
    .input(SaveCase)
    .mutation(({ ctx, input }) => saveCase(ctx, input)),
  deleteCase: allowed("edit-flows")
    .input(DeleteCase)
    .mutation(({ ctx, input }) => deleteCase(ctx, input)),
  catalog: allowed("see-flows").query(({ ctx }) => readWorld(ctx)),
  eventNames: allowed("see-flows").query(({ ctx }) => listEventNames(ctx)),
  readiness: allowed("see-flows").query(({ ctx }) => readReadiness(ctx)),
  create: allowed("edit-flows")
    .input(CreateFlow)
    .mutation(({ ctx, input }) => createFlow(ctx, input)),
  import: allowed("edit-flows")
    .input(ImportFlow)
    .mutation(({ ctx, input }) => importFlow(ctx, input)),
  duplicate: allowed("edit-flows")
    .input(DuplicateFlow)
    .mutation(({ ctx, input }) => duplicateFlow(ctx, input)),
  rename: allowed("edit-flows")
    .input(RenameFlow)
    .mutation(({ ctx, input }) => renameFlow(ctx, input)),
  saveDraft: allowed("edit-flows")
    .input(SaveDraft)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),
  markPresence: allowed("see-flows")
    .input(MarkPresence)
    .mutation(({ ctx, input }) => markPresence(ctx, input)),
  restoreVersion: allowed("edit-flows")
    .input(RestoreVersion)
    .mutation(({ ctx, input }) => restoreVersion(ctx, input)),
  publish: allowed("publish-flows")
    .input(PublishFlow)
    .mutation(({ ctx, input }) => publishFlow(ctx, input)),
  planPublish: allowed("publish-flows")
    .input(PlanPublish)
    .mutation(({ ctx, input }) => planPublish(ctx, input)),
  inside: allowed("see-flows")
    .input(ReadInside)
    .query(({ ctx, input }) => readInside(ctx, input)),
  rollBack: allowed("publish-flows")
    .input(RollBack)
    .mutation(({ ctx, input }) => rollBack(ctx, input)),
  cancelPublish: allowed("pause-flows")
    .input(CancelPublish)
    .mutation(({ ctx, input }) => cancelPublish(ctx, input)),
  pause: statusVerb("pause-flow"),
  resume: statusVerb("resume-flow"),
  hold: statusVerb("hold-flow"),
  release: statusVerb("release-flow"),
  archive: statusVerb("archive-flow"),
  restore: statusVerb("restore-flow"),
});
