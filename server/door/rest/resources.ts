import { z } from "zod";
import { flowStatuses, messageStatuses } from "#db/schema/index.ts";
import { FlowCase } from "#flow/flow-case.ts";
import { gateChecks } from "#flow/gate/decide-send.ts";
import { Graph, purposes } from "#flow/graph.ts";
import { JsonValue } from "#flow/json.ts";
import { Rule } from "#flow/rule.ts";

/** What the REST API speaks of. Times are ISO 8601 in UTC, ids UUIDs. */
const moment = z.iso.datetime();
const id = z.uuid();
const attributes = z.record(z.string(), JsonValue);

const consent = z.strictObject({
  state: z.enum(["granted", "withdrawn"]),
  at: moment,
  source: z.string(),
  /** From then on it is none. */
  expiresAt: moment.nullish(),
  /** A short name of the words that were agreed to: the same for all who were shown the same. */
  wording: z.string().optional(),
});

export const ContactResource = z.strictObject({
  id,
  externalId: z.string().nullable(),
  anonymousId: z.string().nullable(),
  phone: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  locale: z.string().nullable(),
  timezone: z.string().nullable(),
  attributes,
  tags: z.array(z.string()),
  consents: z.strictObject({
    service: consent.optional(),
    marketing: consent.optional(),
    fraud: consent.optional(),
    transaction: consent.optional(),
  }),
  suppressedAt: moment.nullable(),
  suppressedReason: z.string().nullable(),
  lastInboundAt: moment.nullable(),
  createdAt: moment,
  updatedAt: moment,
});

export const FlowSummary = z.strictObject({
  id,
  name: z.string(),
  status: z.enum(flowStatuses),
  version: z
    .number()
    .int()
    .nullable()
    .meta({ description: "Number of the running version; null before the first publish." }),
  createdAt: moment,
  updatedAt: moment,
});

export const FlowResource = FlowSummary.extend({
  revision: z
    .number()
    .int()
    .meta({ description: "Of the draft: PUT /v1/flows/{flowId} names the one it started from." }),
  graph: Graph.meta({ description: "The draft, as POST /v1/flows takes it back." }),
  cases: z
    .array(FlowCase)
    .meta({ description: "Its test cases: they have to come out as expected before it goes live." }),
});

export const EnrollmentResource = z.strictObject({
  id,
  contactId: id,
  flowId: id,
  versionId: id,
  key: z.string(),
  status: z.enum(["waiting", "ended"]),
  nodeId: z.string().nullable(),
  enteredAt: moment,
  wakeAt: moment.nullable(),
  endedAt: moment.nullable(),
  endReason: z.string().nullable(),
  goalAt: moment.nullable(),
});

export const MessageResource = z.strictObject({
  id,
  direction: z.enum(["outbound", "inbound"]),
  contactId: id,
  flowId: id.nullable(),
  enrollmentId: id.nullable(),
  nodeId: z.string().nullable(),
  purpose: z.enum(purposes).nullable(),
  type: z.string(),
  template: z.string().nullable(),
  language: z.string().nullable(),
  content: JsonValue,
  status: z.enum(messageStatuses),
  reason: z.string().nullable().meta({ description: "Why it was skipped, failed or is unknown." }),
  checks: z
    .array(
      z.strictObject({
        check: z.enum(gateChecks),
        verdict: z.enum(["pass", "defer", "block"]),
        seen: z.string(),
        needed: z.string(),
      }),
    )
    .nullable(),
  errorCode: z.number().int().nullable(),
  errorDetail: z.string().nullable(),
  wamid: z.string().nullable(),
  createdAt: moment,
  sentAt: moment.nullable(),
  deliveredAt: moment.nullable(),
  readAt: moment.nullable(),
  failedAt: moment.nullable(),
  repliedAt: moment.nullable(),
  clickedAt: moment.nullable(),
});

export const Problem = z.looseObject({}).meta({ description: "A finding on the graph: rule, node, field." });

const ErrorResource = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), detail: z.record(z.string(), JsonValue) }),
});

/** Schemas that the document names once and refers to. */
export const namedSchemas: Record<string, z.ZodType> = {
  Contact: ContactResource,
  FlowSummary,
  Flow: FlowResource,
  Enrollment: EnrollmentResource,
  Message: MessageResource,
  Error: ErrorResource,
  Graph,
  Rule,
  Json: JsonValue,
};
