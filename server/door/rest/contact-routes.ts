import { z } from "zod";
import { eraseContact } from "#server/contacts/erase-contact.ts";
import { DomainError } from "#server/errors.ts";
import { explainContact } from "#server/explain/explain-contact.ts";
import { ContactReference, findContact } from "./contact-filter.ts";
import { defineRoute } from "./define-route.ts";
import { anyObject, messageId, timestamp, userId, withoutGaps } from "./event-routes.ts";
import { ExplanationResource } from "./explanation-resource.ts";
import { ContactResource } from "./resources.ts";
import { itemLimits, takeOne } from "./take-one.ts";

const ContactBody = z.strictObject({
  userId,
  anonymousId: userId.optional().meta({ description: "The visitor who turned out to be this customer." }),
  traits: anyObject.meta({ description: "phone, firstName, locale, timezone, whatsappConsent ...; null removes." }),
  messageId: messageId.optional(),
  timestamp: timestamp.optional(),
});

const ExplainQuery = z.strictObject({
  flow: z.uuid().optional().meta({ description: "This flow alone." }),
  message: z
    .uuid()
    .optional()
    .meta({ description: "Only what led to this message; `from` and `to` do not count then." }),
  from: z.iso.datetime({ offset: true }).optional().meta({ description: "Seven days before `to`." }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: "Now." }),
});

const Warning = z.strictObject({ reason: z.string(), path: z.string() });

export const contactRoutes = [
  defineRoute({
    method: "GET",
    path: "/v1/contacts/{contact}",
    operationId: "getContact",
    summary: "One contact with attributes, tags and consent.",
    verb: "see-contacts",
    params: z.strictObject({ contact: ContactReference }),
    query: z.strictObject({}),
    body: null,
    status: 200,
    answer: ContactResource,
    run: async (actor, { params }) => {
      const row = await findContact(actor, params.contact);
      if (!row) throw new DomainError("not-found", "There is no such contact in this workspace.");
      return row;
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/contacts/{contact}/explain",
    operationId: "explainContact",
    summary:
      "Why this person got, or did not get, what flows send: each flow with its verdict, rules with needed and actual values, path, and messages with every check.",
    verb: "see-contacts",
    params: z.strictObject({ contact: ContactReference }),
    query: ExplainQuery,
    body: null,
    status: 200,
    answer: ExplanationResource,
    run: async (actor, { params, query: { flow, message, from, to } }) => {
      const row = await findContact(actor, params.contact);
      if (!row) throw new DomainError("not-found", "There is no such contact in this workspace.");
      const span = { from: from ? new Date(from) : undefined, to: to ? new Date(to) : undefined };
      return explainContact(actor, { contactId: row.id, flowId: flow, messageId: message, ...span });
    },
  }),
  defineRoute({
    method: "DELETE",
    path: "/v1/contacts/{contact}",
    operationId: "eraseContact",
    summary:
      "Erases a person for good: profile, consents, events, documents and the words of messages. Nothing more is sent to them. Cannot be undone.",
    verb: "erase-contacts",
    params: z.strictObject({ contact: ContactReference }),
    query: z.strictObject({}),
    body: null,
    status: 200,
    answer: z.strictObject({ id: z.uuid(), messages: z.int(), events: z.int(), documents: z.int() }),
    run: async (actor, { params }) => {
      const row = await findContact(actor, params.contact);
      if (!row) throw new DomainError("not-found", "There is no such contact in this workspace.");
      return { id: row.id, ...(await eraseContact(actor, { contactId: row.id })) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/contacts",
    operationId: "putContact",
    summary:
      "Makes or changes the contact of a userId, as /v1/identify does. A trait that is not usable is left out and named.",
    verb: "send-events",
    params: z.strictObject({}),
    query: z.strictObject({}),
    body: ContactBody,
    limits: itemLimits,
    takesWriteKeys: true,
    status: 200,
    answer: z.strictObject({ id: z.uuid(), externalId: z.string(), warnings: z.array(Warning) }),
    run: async (actor, { body }) => {
      const { warnings } = await takeOne(actor, { ...withoutGaps(body), type: "identify" });
      const externalId = String(body.userId);
      const row = await findContact(actor, `external:${externalId}`);
      return { id: row?.id, externalId, warnings: warnings.map(({ reason, path }) => ({ reason, path })) };
    },
  }),
];
