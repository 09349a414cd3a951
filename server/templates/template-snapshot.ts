import { and, eq, inArray } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import type { Snapshot } from "#db/schema/approval.ts";
import { templateLanguage } from "#db/schema/index.ts";
import { openStatuses, type TemplateStatus } from "#flow/template.ts";
import { canonicalHash } from "../canonical-json.ts";
import type { LanguageRow, TemplateRow } from "./find-template.ts";
import { contentOf } from "./get-template.ts";

type Stored = { template: TemplateRow; languages: LanguageRow[] };
type TemplateSnapshot = Snapshot & { kind: "template" };

/** The text of a template as it stands, in all its languages or in those that `fits` takes. */
export function templateSnapshot(
  { template, languages }: Stored,
  fits: (row: LanguageRow) => boolean = () => true,
): TemplateSnapshot {
  const { name, category, samples } = template;
  return { kind: "template", name, category, samples, languages: languages.filter(fits).map(contentOf) };
}

/** What an approval of a template is about: two texts with the same hash are the same text. */
export const hashOfTemplate = (stored: Stored): string => canonicalHash(templateSnapshot(stored));

type Review = { templateId: string; from?: TemplateStatus[]; to: TemplateStatus };

/** Moves the languages that are ours to decide about, or those of `from`, to where their review stands. */
export async function setReviewStatus(tx: Transaction, { templateId, from = openStatuses, to }: Review): Promise<void> {
  await tx
    .update(templateLanguage)
    .set({ status: to, statusReason: null })
    .where(and(eq(templateLanguage.templateId, templateId), inArray(templateLanguage.status, from)));
}
