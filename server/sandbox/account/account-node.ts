import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { fieldsOf, pick } from "../graph/listing.ts";
import type { Sandbox } from "../sandbox.ts";
import { businessId } from "./account-id.ts";
import { messageAnalytics, pricingAnalytics } from "./analytics.ts";
import { readFieldExpression } from "./field-expression.ts";
import { parse } from "./read-parameters.ts";
import { enableInsights } from "./template-analytics.ts";

const defaultFields = [
  "id",
  "name",
  "currency",
  "timezone_id",
  "message_template_namespace",
  "account_review_status",
  "owner_business_info",
];

/** GET /W: the account's fields, analytics among them. */
export function getAccount(sandbox: Sandbox, url: URL): object {
  const { facts } = sandbox.world.account;
  const node: Record<string, unknown> = {
    id: sandbox.identity.accountId,
    name: "Sandbox Bank",
    currency: "USD",
    timezone_id: facts.timezoneId,
    message_template_namespace: "sandbox",
    account_review_status: "APPROVED",
    business_verification_status: facts.isVerified ? "VERIFIED" : "NOT_VERIFIED",
    country: "US",
    ownership_type: "SELF_OWNED",
    primary_business_location: "US",
    status: "ACTIVE",
    is_enabled_for_insights: facts.hasTemplateInsights,
    owner_business_info: { name: "Sandbox Bank", id: businessId(sandbox) },
    health_status: healthOf(sandbox),
  };
  for (const field of fieldsOf(url) ?? []) {
    const expression = readFieldExpression(field);
    if (expression.name === "analytics") node.analytics = messageAnalytics(sandbox, expression);
    if (expression.name === "pricing_analytics") node.pricing_analytics = pricingAnalytics(sandbox, expression);
  }
  return pick(node, url, defaultFields);
}

function healthOf(sandbox: Sandbox): object {
  const entities = [
    { entity_type: "WABA", id: sandbox.identity.accountId, can_send_message: "AVAILABLE" },
    { entity_type: "BUSINESS", id: businessId(sandbox), can_send_message: "AVAILABLE" },
  ];
  return { can_send_message: "AVAILABLE", entities };
}

const Change = z.looseObject({
  timezone_id: z.coerce
    .string()
    .regex(/^\d{1,3}$/)
    .optional(),
  is_enabled_for_insights: z.boolean().optional(),
});

/** POST /W: time zone, and template insights on. */
export async function changeAccount(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const { timezone_id: timezoneId, is_enabled_for_insights: isOn } = parse(Change, parameters);
  if (isOn !== undefined) await enableInsights(sandbox, isOn);
  if (timezoneId !== undefined)
    await sandbox.commit({ k: "account-facts", facts: { ...sandbox.world.account.facts, timezoneId } });
  return { id: sandbox.identity.accountId, success: true };
}
