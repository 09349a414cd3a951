import { allowed, router } from "#server/trpc.ts";
import { CheckStretch, checkStretch } from "./check-stretch.ts";
import { ExportAudit, exportAudit } from "./export-audit.ts";
import { ListAudit, listAudit } from "./list-audit.ts";
import { readAuditChoices } from "./read-audit-choices.ts";

export const auditRouter = router({
  list: allowed("see-audit")
    .input(ListAudit)
    .query(({ ctx, input }) => listAudit(ctx, input)),
  choices: allowed("see-audit").query(({ ctx }) => readAuditChoices(ctx)),
  /** A question and no change; as a mutation because it is pressed, never repeated by itself. */
  check: allowed("see-audit")
    .input(CheckStretch)
    .mutation(({ ctx, input }) => checkStretch(ctx, input)),
  /** As a mutation: it leaves a row. */
  export: allowed("export-audit")
    .input(ExportAudit)
    .mutation(({ ctx, input }) => exportAudit(ctx, input)),
});
