import { allowed, router } from "#server/trpc.ts";
import { CreateTemplate, createTemplate } from "./create-template.ts";
import { DeleteTemplate, deleteTemplate } from "./delete-template.ts";
import { DuplicateTemplate, duplicateTemplate } from "./duplicate-template.ts";
import { ExportTemplates, exportTemplates } from "./export-templates.ts";
import { GetTemplate, getTemplate } from "./get-template.ts";
import { ImportTemplates, importTemplates, previewImport } from "./import-templates.ts";
import { ListTemplates, listTemplates } from "./list-templates.ts";
import { ListVersions, listVersions } from "./list-versions.ts";
import { SaveTemplate, saveTemplate } from "./save-template.ts";
import { SubmitTemplate, submitTemplate } from "./submit-template.ts";
import { SyncTemplates, syncTemplates } from "./sync-templates.ts";

export const templatesRouter = router({
  list: allowed("see-templates")
    .input(ListTemplates)
    .query(({ ctx, input }) => listTemplates(ctx, input)),
  get: allowed("see-templates")
    .input(GetTemplate)
    .query(({ ctx, input }) => getTemplate(ctx, input)),
  versions: allowed("see-templates")
    .input(ListVersions)
    .query(({ ctx, input }) => listVersions(ctx, input)),
  export: allowed("export-templates")
    .input(ExportTemplates)
    .mutation(({ ctx, input }) => exportTemplates(ctx, input)),
  previewImport: allowed("edit-templates")
    .input(ImportTemplates)
    .mutation(({ ctx, input }) => previewImport(ctx, input)),
  import: allowed("edit-templates")
    .input(ImportTemplates)
    .mutation(({ ctx, input }) => importTemplates(ctx, input)),
  // It asks and changes nothing at WhatsApp, so it wants no second factor.
  sync: allowed("edit-templates")
    .input(SyncTemplates)
    .mutation(({ ctx }) => syncTemplates(ctx)),
  create: allowed("edit-templates")
    .input(CreateTemplate)
    .mutation(({ ctx, input }) => createTemplate(ctx, input)),
  duplicate: allowed("edit-templates")
    .input(DuplicateTemplate)
    .mutation(({ ctx, input }) => duplicateTemplate(ctx, input)),
  save: allowed("edit-templates")
    .input(SaveTemplate)
    .mutation(({ ctx, input }) => saveTemplate(ctx, input)),
  delete: allowed("edit-templates")
    .input(DeleteTemplate)
    .mutation(({ ctx, input }) => deleteTemplate(ctx, input)),
  submit: allowed("submit-templates")
    .input(SubmitTemplate)
    .mutation(({ ctx, input }) => submitTemplate(ctx, input)),
});
