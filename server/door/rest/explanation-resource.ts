import { z } from "zod";
import { flowStatuses } from "#db/schema/index.ts";
import { consentPurposes } from "#flow/gate/consent.ts";
import { purposes } from "#flow/graph.ts";
import { JsonValue } from "#flow/json.ts";
import { RuleTest } from "#flow/rule.ts";
import { MessageResource } from "./resources.ts";

const moment = z.iso.datetime();
const id = z.uuid();

const Step = z.strictObject({
  nodeId: z.string(),
  type: z.string(),
  title: z.string().nullable().meta({ description: "The maker's own name for it; null: it goes by its type." }),
});

const Rule = z.strictObject({
  depth: z.number().int().meta({ description: "How deep the line is nested, from 0." }),
  group: z.enum(["all", "any", "none"]).nullable().meta({ description: "Of the head of a group; null for a test." }),
  test: RuleTest.nullable().meta({ description: "What was needed." }),
  actual: JsonValue.meta({ description: "What the person or the event had; null: nothing." }),
  isNegated: z.boolean().meta({ description: "The test had not to hold." }),
  verdict: z.enum(["holds", "fails", "idle"]).meta({ description: "idle: it did not have to hold." }),
  asOf: z.enum(["then", "now"]).meta({ description: "now: the profile as it is now; it may have been another then." }),
  setBy: z
    .union([
      z.strictObject({ kind: z.literal("identify"), at: moment }),
      z.strictObject({ kind: z.literal("flow"), flowId: id, at: moment }),
    ])
    .nullable(),
  now: JsonValue.optional().meta({ description: "What it is today, where that is something else." }),
});

const since = moment.nullable();
const Refusal = z.union([
  z.strictObject({
    reason: z.enum(["entry-criteria", "re-entry", "queued", "unreadable", "heard-elsewhere", "not-explained"]),
  }),
  z.strictObject({ reason: z.enum(["not-published", "paused", "held", "archived"]), since }),
  z.strictObject({ reason: z.literal("no-key"), path: z.string() }),
  z.strictObject({ reason: z.literal("failed"), error: z.string() }),
]);

const Sum = z.strictObject({
  amountMicros: z.number().int().meta({ description: "Millionths." }),
  currency: z.string(),
});
const day = z.iso.date();

const Message = MessageResource.pick({
  id: true,
  nodeId: true,
  type: true,
  template: true,
  language: true,
  status: true,
  reason: true,
  checks: true,
  errorCode: true,
  errorDetail: true,
  wamid: true,
  createdAt: true,
  sentAt: true,
  deliveredAt: true,
  readAt: true,
  failedAt: true,
  repliedAt: true,
  clickedAt: true,
}).extend({
  visit: z.number().int().nullable(),
  purpose: z.enum(purposes).nullable(),
  cost: z
    .strictObject({
      estimate: Sum.nullable().meta({ description: "As reckoned before it left." }),
      reported: z
        .strictObject({
          cost: Sum.nullable(),
          pricingType: z.string(),
          pricingCategory: z.string().nullable(),
        })
        .nullable()
        .meta({ description: "As WhatsApp charges it; null: not told yet." }),
    })
    .nullable(),
  step: Step.nullable(),
  next: z
    .strictObject({ at: moment, attempts: z.number().int() })
    .nullable()
    .meta({ description: "When it is tried next; null: it is over." }),
  cappedBy: z
    .array(
      z.strictObject({
        id,
        flowId: id.nullable(),
        flowName: z.string().nullable(),
        template: z.string().nullable(),
        at: moment,
        day: day.meta({ description: "The person's local day it counts for." }),
        sharedWith: id.nullable().meta({ description: "The other contact with the same phone that it went to." }),
      }),
    )
    .meta({ description: "The messages that had used up the cap, oldest first." }),
  capDays: z
    .strictObject({ from: day, to: day })
    .nullable()
    .meta({ description: "The person's local days that were counted." }),
  hasMoreCappedBy: z.boolean(),
});

const PathStep = Step.extend({
  visit: z.number().int(),
  enteredAt: moment,
  leftAt: moment.nullable(),
  outcome: z.enum(["left", "waiting", "ended"]),
  handle: z
    .strictObject({
      id: z.string(),
      text: z.string().nullable(),
      label: z
        .strictObject({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })
        .nullable(),
    })
    .nullable()
    .meta({ description: "The way it was left by." }),
  recalledFrom: Step.nullable().meta({ description: "The earlier step whose button was tapped." }),
  movedTo: z
    .number()
    .int()
    .nullable()
    .meta({ description: "The number of the version that took the person over while they stood here." }),
  waitsUntil: moment.nullable(),
  detail: z.record(z.string(), JsonValue).meta({ description: "What decided." }),
});

const Enrollment = z.strictObject({
  id,
  status: z.enum(["waiting", "ended"]),
  enteredAt: moment,
  wakeAt: moment.nullable(),
  endedAt: moment.nullable(),
  endReason: z.string().nullable(),
  endNote: z.string().nullable(),
  goalAt: moment.nullable(),
  runBy: z
    .strictObject({ enrollmentId: id, flowId: id, flowName: z.string() })
    .nullable()
    .meta({ description: "The flow of which a step ran this one." }),
  path: z.array(PathStep),
  neverReached: z.array(Step),
  messages: z.array(Message),
  hasMore: z.boolean().meta({ description: "The path or the messages are more than this answer holds." }),
});

const Attempt = z.strictObject({
  verdict: z.enum(["entered", "did-not-enter"]),
  at: moment,
  event: z.strictObject({ id, name: z.string() }),
  key: z.string().nullable(),
  version: z.strictObject({ id, number: z.number().int() }).nullable(),
  refusal: Refusal.nullable().meta({ description: "Why the event did not let the person in." }),
  rules: z.array(Rule),
  reEntry: z
    .strictObject({
      mode: z.enum(["never", "after-exit", "after-days", "every-event"]),
      days: z.number().int().nullable(),
      holds: z.boolean(),
      insideSince: moment.nullable(),
      lastEnteredAt: moment.nullable(),
    })
    .nullable(),
  enrollment: Enrollment.nullable(),
});

const Standing = z.strictObject({
  consents: z.array(
    z.strictObject({
      purpose: z.enum(consentPurposes),
      state: z.enum(["granted", "withdrawn", "expired"]),
      at: moment,
      expiresAt: moment.nullable(),
    }),
  ),
  suppressions: z.array(
    z.union([
      z.strictObject({
        kind: z.literal("contact"),
        reason: z.string(),
        since: moment,
        sharedWith: id
          .nullable()
          .meta({ description: "The other contact with the same phone that it was said under." }),
      }),
      z.strictObject({
        kind: z.literal("list"),
        names: z.enum(["phone", "customer"]),
        note: z.string(),
        since: moment,
      }),
    ]),
  ),
  sharedWith: z
    .array(
      z.strictObject({
        id,
        externalId: z.string().nullable(),
        firstName: z.string().nullable(),
        lastName: z.string().nullable(),
      }),
    )
    .meta({ description: "Other contacts with the same phone: STOP and caps hold for all of them." }),
  hasMoreSharedWith: z.boolean(),
});

/** The answer to "Why?": docs/why.md. Says what was sent and why not, never in which words. */
export const ExplanationResource = z.strictObject({
  contact: z.strictObject({
    id,
    externalId: z.string().nullable(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    phone: z.string().nullable().meta({ description: "Masked." }),
    timezone: z.string(),
  }),
  today: Standing.meta({ description: "What holds for the person now, whatever held then." }),
  from: moment,
  to: moment,
  flows: z.array(
    z.strictObject({
      id,
      name: z.string(),
      status: z.enum(flowStatuses),
      verdict: z
        .enum(["entered", "did-not-enter", "no-event"])
        .meta({ description: "entered: inside at some time of the period." }),
      attempts: z.array(Attempt),
    }),
  ),
  otherMessages: z.array(Message),
  hasMoreOtherMessages: z.boolean(),
  lastEvent: z.strictObject({ name: z.string(), at: moment }).nullable(),
  hasMore: z.boolean().meta({ description: "Ask for a shorter period or one flow." }),
});
