import { z } from "zod";
import type { ChannelEvent } from "../channel-event.ts";
import type { Findings } from "./findings.ts";
import { peoplePerDayOf } from "./messaging-tier.ts";

const optional = z.string().optional().catch(undefined);
const Limit = z.union([z.string(), z.number()]).optional().catch(undefined);

const Quality = z.looseObject({
  display_phone_number: z.string(),
  event: z.string(),
  max_daily_conversations_per_business: Limit,
  current_limit: Limit,
});
const Capability = z.looseObject({
  max_daily_conversations_per_business: Limit,
  max_daily_conversation_per_phone: Limit,
});
const Account = z.looseObject({
  event: z.string(),
  ban_info: z.looseObject({ waba_ban_state: optional, waba_ban_date: optional }).optional().catch(undefined),
  violation_info: z.looseObject({ violation_type: optional }).optional().catch(undefined),
  restriction_info: z
    .array(z.looseObject({ restriction_type: z.string() }))
    .optional()
    .catch(undefined),
});
const Alert = z.looseObject({
  alert_info: z
    .looseObject({ alert_severity: optional, alert_type: optional, alert_description: optional })
    .optional()
    .catch(undefined),
  alert_severity: optional,
  alert_type: optional,
  alert_description: optional,
});
const Review = z.looseObject({ decision: z.string() });
const Name = z.looseObject({
  display_phone_number: optional,
  decision: z.string(),
  requested_verified_name: optional,
});

type Reader = (findings: Findings, path: string, item: { value: unknown; accountId: string }) => void;

const reader =
  <T>(schema: z.ZodType<T>, eventOf: (value: T, accountId: string) => ChannelEvent): Reader =>
  (findings, path, { value, accountId }) =>
    findings.one(value, path, schema, (parsed) => eventOf(parsed, accountId));

/** The fields about the account and its numbers (Meta, webhooks reference); undefined for any other field. */
export const accountReaders: Record<string, Reader> = {
  phone_number_quality_update: reader(Quality, (value, accountId) => ({
    kind: "limits",
    accountId,
    phoneDigits: digits(value.display_phone_number),
    peoplePerDay: peoplePerDayOf(value.max_daily_conversations_per_business ?? value.current_limit),
    // Meta tells of the upgrade alone; what it upgrades to is the level HIGH.
    messagesPerSecond: value.event === "THROUGHPUT_UPGRADE" ? 1000 : null,
  })),
  business_capability_update: reader(Capability, (value, accountId) => ({
    kind: "limits",
    accountId,
    phoneDigits: null,
    peoplePerDay: peoplePerDayOf(value.max_daily_conversations_per_business ?? value.max_daily_conversation_per_phone),
    messagesPerSecond: null,
  })),
  account_update: reader(Account, accountOf),
  account_alerts: reader(Alert, alertOf),
  account_review_update: reader(Review, ({ decision }, accountId) => ({
    kind: "account",
    accountId,
    event: `REVIEW_${decision}`,
    isClosed: decision === "REJECTED",
    detail: "",
  })),
  phone_number_name_update: reader(Name, (value, accountId) => ({
    kind: "name",
    accountId,
    phoneDigits: value.display_phone_number === undefined ? null : digits(value.display_phone_number),
    decision: value.decision,
    name: value.requested_verified_name ?? null,
  })),
};

const digits = (phone: string): string => phone.replace(/\D/g, "");

/** Meta, "account_update": what keeps a business from beginning conversations; a warning or a partner's doing does not. */
function accountOf(value: z.infer<typeof Account>, accountId: string): ChannelEvent {
  const { event, ban_info, violation_info, restriction_info } = value;
  const restrictions = restriction_info?.map((each) => each.restriction_type) ?? [];
  const isBanned = event === "DISABLED_UPDATE" && ban_info?.waba_ban_state === "DISABLE";
  const isClosed =
    isBanned ||
    ["ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED"].includes(event) ||
    restrictions.includes("RESTRICTED_BIZ_INITIATED_MESSAGING");
  const detail = [ban_info?.waba_ban_state, violation_info?.violation_type, ...restrictions].filter(Boolean).join(", ");
  return { kind: "account", accountId, event, isClosed, detail };
}

function alertOf(value: z.infer<typeof Alert>, accountId: string): ChannelEvent {
  const { alert_severity, alert_type, alert_description } = { ...value, ...value.alert_info };
  return {
    kind: "account-alert",
    accountId,
    severity: alert_severity ?? "WARNING",
    type: alert_type ?? "",
    detail: alert_description ?? "",
  };
}
