import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/router.ts";

type Outputs = inferRouterOutputs<AppRouter>["templates"];

/** One template as the list shows it. */
export type TemplateRow = Outputs["list"]["templates"][number];

/** One template as the editor opens it. */
export type OpenTemplate = Outputs["get"];

/** What an account of WhatsApp said to a language. */
export type Submission = Outputs["submit"][number];

/** One text of a template that WhatsApp was given. */
export type TemplateVersion = Outputs["versions"][number];

/** What an import does, and what it cannot take. */
export type ImportPlan = Outputs["previewImport"];
