import { allowed, router } from "../trpc.ts";
import { FixRow, fixRow, StartImport, startImport, stopImport } from "./change-import.ts";
import { OfImport } from "./find-import.ts";
import { previewImport } from "./preview-import.ts";
import { ListRows, listImports, listRows, readImport } from "./read-import.ts";
import { readRefused } from "./read-refused.ts";

export const importsRouter = router({
  list: allowed("import-contacts").query(({ ctx }) => listImports(ctx)),
  get: allowed("import-contacts")
    .input(OfImport)
    .query(({ ctx, input }) => readImport(ctx, input)),
  rows: allowed("import-contacts")
    .input(ListRows)
    .query(({ ctx, input }) => listRows(ctx, input)),
  preview: allowed("import-contacts")
    .input(StartImport)
    .query(({ ctx, input }) => previewImport(ctx, input)),
  refused: allowed("import-contacts")
    .input(OfImport)
    .query(({ ctx, input }) => readRefused(ctx, input)),
  start: allowed("import-contacts")
    .input(StartImport)
    .mutation(({ ctx, input }) => startImport(ctx, input)),
  stop: allowed("import-contacts")
    .input(OfImport)
    .mutation(({ ctx, input }) => stopImport(ctx, input)),
  fix: allowed("import-contacts")
    .input(FixRow)
    .mutation(({ ctx, input }) => fixRow(ctx, input)),
});
