import { expect } from "vitest";
import type { Json, JsonObject } from "#flow/json.ts";
import { person, type RunningSandbox } from "./client.fixture.ts";
import { cardTemplate } from "./templates.fixture.ts";

type Cause = (sandbox: RunningSandbox, templateId: string) => Promise<unknown>;

const decided =
  (event: string, more: object = {}): Cause =>
  (sandbox, id) =>
    sandbox.control.call("POST", `templates/${id}/decide`, { event, ...more });
const told =
  (field: string, value: object): Cause =>
  (sandbox) =>
    sandbox.control.call("POST", "events", { field, value });

/** What Meta tells of accounts and templates (section 11.3): how it comes about here, its field, and what it says. */
export const toldOfAccounts: [what: string, cause: Cause, field: string, value: JsonObject][] = [
  ["an approval", decided("APPROVED"), "message_template_status_update", { event: "APPROVED", reason: "NONE" }],
  [
    "a rejection",
    decided("REJECTED", { reason: "INVALID_FORMAT" }),
    "message_template_status_update",
    { event: "REJECTED", reason: "INVALID_FORMAT" },
  ],
  [
    "a pause",
    decided("PAUSED"),
    "message_template_status_update",
    { event: "PAUSED", other_info: { title: "FIRST_PAUSE" } },
  ],
  [
    "a quality score",
    (sandbox, id) => sandbox.control.call("POST", `templates/${id}/quality`, { score: "YELLOW" }),
    "message_template_quality_update",
    { new_quality_score: "YELLOW" },
  ],
  [
    "a warning about the category",
    (sandbox, id) => sandbox.control.call("POST", `templates/${id}/category`, { category: "MARKETING" }),
    "template_category_update",
    { correct_category: "MARKETING" },
  ],
  [
    "an edit",
    (sandbox, id) =>
      sandbox.graph("POST", `v25.0/${id}`, { components: [{ type: "BODY", text: "Your card is on its way now." }] }),
    "message_template_components_update",
    { message_template_element: "Your card is on its way now." },
  ],
  [
    "a deletion",
    async (sandbox) => {
      const { accountId } = sandbox.sandbox.identity;
      await sandbox.createTemplate({ ...cardTemplate, name: "short_lived" });
      return sandbox.graph("DELETE", `v25.0/${accountId}/message_templates?name=short_lived`);
    },
    "message_template_status_update",
    { event: "DELETED", message_template_name: "short_lived" },
  ],
  [
    "a stop to marketing",
    (sandbox) => sandbox.control.call("POST", "preferences", { wa_id: person, value: "stop" }),
    "user_preferences",
    { user_preferences: [{ wa_id: person, category: "marketing_messages", value: "stop" }] },
  ],
  [
    "a resumption of marketing",
    (sandbox) => sandbox.control.call("POST", "preferences", { wa_id: person, value: "resume" }),
    "user_preferences",
    { user_preferences: [{ wa_id: person, category: "marketing_messages", value: "resume" }] },
  ],
  [
    "a higher limit",
    (sandbox) => sandbox.control.call("POST", "limits", { tier: 2000 }),
    "business_capability_update",
    { max_daily_conversations_per_business: 2000 },
  ],
  [
    "a violation",
    told("account_update", { event: "ACCOUNT_VIOLATION", violation_info: { violation_type: "SCAM" } }),
    "account_update",
    { violation_info: { violation_type: "SCAM" } },
  ],
  [
    "an alert",
    told("account_alerts", {
      entity_type: "BUSINESS",
      entity_id: "1",
      alert_info: {
        alert_severity: "WARNING",
        alert_status: "ACTIVE",
        alert_type: "OBA_REJECTED",
        alert_description: "No",
      },
    }),
    "account_alerts",
    { alert_info: { alert_severity: "WARNING" } },
  ],
  [
    "a review",
    told("account_review_update", { decision: "APPROVED" }),
    "account_review_update",
    { decision: "APPROVED" },
  ],
  [
    "a new name",
    told("phone_number_name_update", { display_phone_number: "1", decision: "APPROVED", rejection_reason: "NONE" }),
    "phone_number_name_update",
    { decision: "APPROVED" },
  ],
  [
    "a number's quality",
    told("phone_number_quality_update", { display_phone_number: "1", event: "THROUGHPUT_UPGRADE" }),
    "phone_number_quality_update",
    { event: "THROUGHPUT_UPGRADE" },
  ],
  [
    "a new PIN",
    told("security", { display_phone_number: "1", event: "PIN_CHANGED", requester: "1" }),
    "security",
    { event: "PIN_CHANGED" },
  ],
];

/** Matches whatever says at least this, at any depth. */
export function saying(value: Json): unknown {
  if (Array.isArray(value)) return value.map(saying);
  if (value === null || typeof value !== "object") return value;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(value).map(([key, each]) => [key, saying(each ?? null)])),
  );
}
