import type { JsonObject } from "#flow/json.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Template } from "./template.ts";

/** Which template a management webhook is about. The id is a number there (section 1). */
export const namedIn = (template: Template): JsonObject => ({
  message_template_id: Number(template.id),
  message_template_name: template.name,
  message_template_language: template.language,
});

/** Tells the subscriber what became of a template (section 11.3); `at` when it happened at another time than now. */
export function tellTemplate(
  sandbox: Sandbox,
  template: Template,
  news: { event: string; extra?: JsonObject; at?: number },
): Promise<void> {
  const { event, extra = {}, at } = news;
  return tellTemplateField(sandbox, "message_template_status_update", {
    at,
    value: {
      event,
      ...namedIn(template),
      message_template_category: template.category,
      reason: event === "DELETED" ? null : template.rejectedReason,
      ...(event === "REJECTED" && template.rejection ? { rejection_info: template.rejection } : {}),
      ...extra,
    },
  });
}

/** Any other field of section 11.3 that is about templates. */
export const tellTemplateField = (
  sandbox: Sandbox,
  field: string,
  { value, at }: { value: JsonObject; at?: number | undefined },
): Promise<void> => sandbox.tell({ kind: "event", field, value, isTimed: true, at: at ?? sandbox.clock.now() });
