import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { LinkBinding } from "#flow/binding.ts";
import type { FreeContent } from "#flow/free-message.ts";
import type { GateCheck } from "#flow/gate/decide-send.ts";
import type { Purpose } from "#flow/graph.ts";
import type { MessageDetail } from "#flow/message-detail.ts";
import type { RenderedMessage } from "#flow/render-message.ts";
import type { TemplateButton, TemplateHeader, TemplateStatus } from "#flow/template.ts";
import { createdAt, id, moment } from "./columns.ts";
import { workspace } from "./workspace.ts";

/** One connected WhatsApp number at one provider. Secrets are sealed (server/secret.ts). */
export const channel = pgTable(
  "channel",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    provider: text({ enum: ["meta-cloud"] }).notNull(),
    name: text().notNull(),
    /** E.164 with +. */
    phone: text().notNull(),
    phoneNumberId: text().notNull(),
    accountId: text().notNull(),
    baseUrl: text().notNull(),
    tokenSealed: text().notNull(),
    appSecretSealed: text().notNull(),
    verifyTokenSealed: text().notNull(),
    /** The unguessable part of our webhook address: /hooks/meta/{id}/{hookToken}. */
    hookToken: text().notNull(),
    status: text({ enum: ["connected", "paused"] })
      .notNull()
      .default("connected"),
    statusReason: text(),
    messagesPerSecond: integer().notNull().default(80),
    /** The business portfolio whose limit of people per day it shares; null: not known yet, no limit is counted. */
    portfolioId: text(),
    /** Marketing templates leave by the provider's own endpoint for them; fallback: what that may not send leaves the ordinary way. */
    marketingEndpoint: text({ enum: ["fallback", "strict"] }),
    createdAt: createdAt(),
  },
  (table) => [index().on(table.workspaceId)],
);

export const template = pgTable(
  "template",
  {
    id: id(),
    workspaceId: uuid()
      .notNull()
      .references(() => workspace.id),
    /** Meta's rule: ^[a-z0-9_]+$. */
    name: text().notNull(),
    category: text({ enum: ["utility", "marketing", "authentication"] }).notNull(),
    /** Sample values by variable, needed by the provider's review and shown in previews. */
    samples: jsonb().$type<Record<string, string>>().notNull().default({}),
    updatedBy: text().notNull(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    /** When the provider changed its mind about it, until what waits has been looked at for it; null: that is done. */
    movedAt: moment(),
  },
  (table) => [
    uniqueIndex("template_name").on(table.workspaceId, table.name),
    index("template_moved").on(table.movedAt).where(sql`moved_at is not null`),
  ],
);

export const templateLanguage = pgTable(
  "template_language",
  {
    templateId: uuid()
      .notNull()
      .references(() => template.id, { onDelete: "cascade" }),
    language: text().notNull(),
    workspaceId: uuid().notNull(),
    header: jsonb().$type<TemplateHeader>(),
    body: text().notNull(),
    footer: text(),
    buttons: jsonb().$type<TemplateButton[]>().notNull().default([]),
    status: text().$type<TemplateStatus>().notNull().default("draft"),
    statusReason: text(),
    /** The provider's id of this language. */
    providerId: text(),
    /** How people take it, as the provider sees it; null: not told yet. */
    quality: text({ enum: ["green", "yellow", "red", "unknown"] }),
    updatedAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.templateId, table.language] }),
    index("template_language_provider").on(table.providerId),
  ],
);

export const messageStatuses = [
  "queued",
  "sending",
  "sent",
  "delivered",
  "read",
  "failed",
  "skipped",
  "unknown",
  "received",
] as const;

/**
 * Every message in and out, also those that were not sent and why. Shaped to be partitioned by day.
 * `id` travels to the provider as biz_opaque_callback_data and comes back in each status.
 */
export const message = pgTable(
  "message",
  {
    id: uuid().primaryKey(),
    workspaceId: uuid().notNull(),
    shard: smallint().notNull(),
    contactId: uuid().notNull(),
    channelId: uuid(),
    direction: text({ enum: ["outbound", "inbound"] }).notNull(),
    flowId: uuid(),
    enrollmentId: uuid(),
    /** Of the flow, when the message was made: its person may be on another one by now. */
    versionId: uuid(),
    visit: integer(),
    nodeId: text(),
    purpose: text().$type<Purpose>(),
    /** Of the phone, when the message was made: "SN". To count by. */
    country: text(),
    /** template, text, button, image, document ... as the customer sees it. */
    type: text().notNull(),
    template: text(),
    language: text(),
    /** What was, or would have been, on the phone: header, body, footer, buttons. */
    content: jsonb().$type<MessageContent>(),
    status: text({ enum: messageStatuses }).notNull(),
    /** Why it was skipped, failed or is unknown: a key under `reasons.` on screen. */
    reason: text(),
    errorCode: integer(),
    errorDetail: text(),
    /** Every check of the gate with the value it saw, also after a first no. */
    checks: jsonb().$type<GateCheck[]>(),
    wamid: text(),
    /** The person's local day whose frequency cap it used, or found used up; null: it is exempt, or was not asked. */
    capDay: text(),
    /** What we reckon it costs when it arrives, in millionths of `costCurrency` (server/channels/prices); null: no price is known. */
    costMicros: bigint({ mode: "number" }),
    costCurrency: text(),
    /** What the provider says it is charged as, in its own words: "regular", "free_customer_service"; "utility". */
    pricingType: text(),
    pricingCategory: text(),
    createdAt: moment().notNull(),
    sentAt: moment(),
    deliveredAt: moment(),
    readAt: moment(),
    failedAt: moment(),
    repliedAt: moment(),
    clickedAt: moment(),
    /** When the person first answered by one of its buttons. */
    tappedAt: moment(),
    /** What the person did after it and it is credited with (server/engine/rollup/credit-messages.ts). */
    convertedAt: moment(),
    /** What the conversion was worth, in minor units; null: the goal's event did not say. */
    valueMinor: bigint({ mode: "number" }),
    valueCurrency: text(),
    optedOutAt: moment(),
    /** 1 to 5: the answer, where it asked how it was. */
    score: smallint(),
    /** Of a message from a person: nobody had heard of them for a day. */
    opensConversation: boolean().notNull().default(false),
    /** When an agent was asked to take over the conversation that this message opened. */
    handedOffAt: moment(),
  },
  (table) => [
    // The messages behind a number: by the moment they are counted at, once they are counted at all.
    index("message_counted")
      .on(table.workspaceId, sql`coalesce(sent_at, created_at)`)
      .where(sql`status <> 'queued' and status <> 'sending'`),
    // Partial, so that a queued message is not in it.
    index("message_wamid").on(table.wamid).where(sql`wamid is not null`),
    index("message_contact").on(table.contactId, table.createdAt),
    index("message_page").on(table.workspaceId, table.id),
    // What did not arrive, by step: few of all, counted as they are.
    index("message_trouble")
      .on(table.flowId, table.createdAt, table.nodeId, table.status, table.reason)
      .where(sql`direction = 'outbound' and status in ('failed', 'skipped', 'unknown')`),
    // A step visit sends once, for good.
    uniqueIndex("message_visit").on(table.enrollmentId, table.visit).where(sql`direction = 'outbound'`),
  ],
);

/** What a screen draws. Of a message from a person also what came beside its text. */
export type MessageContent = MessageDetail & Partial<Omit<RenderedMessage, "body">> & { body: string };

/** What still has to leave, one row per message; gone once settled. The lane is fraud 0, transaction 1, service 2, marketing 3. */
export const outbox = pgTable(
  "outbox",
  {
    messageId: uuid().primaryKey(),
    workspaceId: uuid().notNull(),
    shard: smallint().notNull(),
    contactId: uuid().notNull(),
    enrollmentId: uuid(),
    visit: integer(),
    lane: smallint().notNull(),
    /** What the step asked for: template, values, links, sending hours. */
    request: jsonb().$type<SendRequest>().notNull(),
    /**
     * held: its flow is held, or it waits for its template; behind: an earlier message of the same person has to be over first. Nothing looks at such a row until
     * it is released. sending: the gate has decided (channel, language, content and checks), and its claimer may call the provider.
     */
    status: text({ enum: ["queued", "held", "behind", "sending", "unknown"] })
      .notNull()
      .default("queued"),
    /** It will be tried again, and the later ones of its person and lane wait for it. */
    holdsBack: boolean().notNull().default(false),
    /** What the gate decided at the claim; moves to `message` when the call is over, so that the wide row is written once. */
    channelId: uuid(),
    language: text(),
    content: jsonb().$type<MessageContent>(),
    checks: jsonb().$type<GateCheck[]>(),
    heldFlowId: uuid(),
    /** The template it waits for, and until when at most: from then on the gate says no for good. */
    heldTemplateId: uuid(),
    heldUntil: moment(),
    /** The local day whose cap this message has already used: a retry does not pay twice, a refusal gives it back. */
    capDay: text(),
    /** The month whose budget it has already used, how much of it and in which currency. */
    budgetMonth: text(),
    budgetMicros: bigint({ mode: "number" }),
    budgetCurrency: text(),
    attempts: smallint().notNull().default(0),
    notBefore: moment().notNull(),
    expiresAt: moment(),
    /** Worker and claim: "{worker id}:{claim id}". */
    claimedBy: text(),
    leaseUntil: moment(),
    createdAt: moment().notNull(),
  },
  (table) => [
    // Claimed per workspace, so that one number at its limit neither delays nor is scanned past by the others.
    index("outbox_due").on(table.workspaceId, table.lane, table.notBefore).where(sql`status = 'queued'`),
    index("outbox_lease").on(table.leaseUntil).where(sql`status in ('sending', 'unknown')`),
    // To be counted with what waits.
    index("outbox_behind_due").on(table.workspaceId, table.lane, table.notBefore).where(sql`status = 'behind'`),
    index("outbox_behind").on(table.contactId).where(sql`status = 'behind'`),
    // Who of a person's messages is first, and whether any of them waits.
    index("outbox_person").on(table.contactId, table.lane).where(sql`status in ('queued', 'behind', 'held')`),
    index("outbox_expiry").on(table.expiresAt).where(sql`expires_at is not null and status in ('queued', 'behind')`),
    index("outbox_held").on(table.heldFlowId).where(sql`held_flow_id is not null`),
    index("outbox_held_template").on(table.heldTemplateId, table.heldUntil).where(sql`held_template_id is not null`),
  ],
);

export type SendRequest = {
  /** Null: what `free` says, and no template. */
  template: string | null;
  free?: FreeContent[];
  purpose: Purpose;
  values: Record<string, string | null>;
  links: Record<string, LinkBinding>;
  sendingHours: { from: string; to: string } | null;
  /** What its flow wants of the gate, as in the effect of flow/effect.ts. */
  collects?: boolean;
  capPerDay?: number;
  templateHoldHours?: number;
};
