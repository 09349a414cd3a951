import { z } from "zod";
import { templateCategories } from "#flow/template.ts";
import type { ChannelEvent } from "../channel-event.ts";
import type { Findings } from "./findings.ts";
import { templateStatusOf } from "./template-status.ts";

const Names = z.looseObject({
  message_template_id: z.union([z.string(), z.number()]).transform(String),
  message_template_name: z.string(),
});
const Language = Names.extend({ message_template_language: z.string() });

const TemplateUpdate = Language.extend({
  event: z.string(),
  reason: z.string().nullish(),
  rejection_info: z.looseObject({ reason: z.string().optional() }).nullish(),
});
type TemplateUpdate = z.infer<typeof TemplateUpdate>;

/** `new_category` is the one in force, also while a change is only announced (then `correct_category` says what it will be). */
const CategoryUpdate = Names.extend({ new_category: z.string() });
const QualityUpdate = Language.extend({ new_quality_score: z.string() });
const TextUpdate = Language.extend({ message_template_element: z.string() });

/** The fields about templates (Meta, webhooks reference); undefined for any other field. */
export const templateReaders: Record<string, (findings: Findings, path: string, value: unknown) => void> = {
  message_template_status_update: (findings, path, value) => findings.one(value, path, TemplateUpdate, statusOf),
  template_category_update: (findings, path, value) => findings.one(value, path, CategoryUpdate, categoryOf),
  message_template_quality_update: (findings, path, value) => findings.one(value, path, QualityUpdate, qualityOf),
  message_template_components_update: (findings, path, value) => findings.one(value, path, TextUpdate, textOf),
};

/** Meta's own sample writes en-US here and en_US everywhere else. */
const languageOf = (update: z.infer<typeof Language>) => ({
  providerId: update.message_template_id,
  name: update.message_template_name,
  language: update.message_template_language.replace("-", "_"),
});

function statusOf(update: TemplateUpdate): ChannelEvent {
  const status = templateStatusOf(update.event);
  if (status === null) return { kind: "other", field: "message_template_status_update" };
  const reason = update.rejection_info?.reason ?? update.reason;
  return { kind: "template", ...languageOf(update), status, reason: reason && reason !== "NONE" ? reason : null };
}

function categoryOf(update: z.infer<typeof CategoryUpdate>): ChannelEvent {
  const { message_template_id: providerId, message_template_name: name, new_category } = update;
  const category = templateCategories.find((known) => known === new_category.toLowerCase());
  return category
    ? { kind: "template-category", providerId, name, category }
    : { kind: "other", field: "template_category_update" };
}

const qualities = ["green", "yellow", "red"] as const;

function qualityOf(update: z.infer<typeof QualityUpdate>): ChannelEvent {
  const quality = qualities.find((word) => word === update.new_quality_score.toLowerCase()) ?? "unknown";
  return { kind: "template-quality", ...languageOf(update), quality };
}

const textOf = (update: z.infer<typeof TextUpdate>): ChannelEvent => ({
  kind: "template-text",
  ...languageOf(update),
  body: update.message_template_element,
});
