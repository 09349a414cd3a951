import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { consent } from "#db/schema/index.ts";
import { consentPurposes } from "#flow/gate/consent.ts";
import { inTransaction } from "#server/engine/query.ts";
import { changeConsents } from "#server/engine/webhooks/change-consents.ts";
import { DomainError } from "#server/errors.ts";
import { ContactReference, findContact } from "./contact-filter.ts";
import { defineRoute } from "./define-route.ts";
import type { RestActor } from "./rest-actor.ts";

const moment = z.iso.datetime({ offset: true });
const shownRows = 200;
/** Clocks differ; a consent of tomorrow is a mistake. */
const mostAheadMs = 5 * 60_000;

const ConsentRecord = z.strictObject({
  purpose: z.enum(consentPurposes),
  state: z.enum(["granted", "withdrawn"]),
  source: z.string(),
  wording: z.string().nullable(),
  proof: z.looseObject({}),
  actor: z.string(),
  at: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
});

const OptIn = z.strictObject({
  purposes: z.array(z.enum(consentPurposes)).min(1).max(consentPurposes.length),
  wording: z.string().trim().min(10, "Give the words the person agreed to").max(600),
  source: z.string().trim().min(2).max(120).meta({ description: 'Where they agreed: "branch Plateau, tablet".' }),
  at: moment
    .optional()
    .meta({ description: "When they agreed; now when missing. What is older than a STOP lifts nothing." }),
  expiresAt: moment.optional().meta({ description: "From then on it is none; until it is withdrawn when missing." }),
  proof: z
    .record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean()]))
    .optional()
    .meta({ description: "What shows it later: an id of the form, an address, a file." }),
});

export const consentRoutes = [
  defineRoute({
    method: "GET",
    path: "/v1/contacts/{contact}/consents",
    operationId: "listConsents",
    summary: "Every consent given or withdrawn, newest first, with wording, source, proof and end.",
    verb: "see-contacts",
    params: z.strictObject({ contact: ContactReference }),
    query: z.strictObject({}),
    body: null,
    status: 200,
    answer: z.strictObject({ data: z.array(ConsentRecord) }),
    run: async (actor, { params }) => {
      const { id } = await found(actor, params.contact);
      const data = await actor.db
        .select({
          purpose: consent.purpose,
          state: consent.state,
          source: consent.source,
          wording: consent.wording,
          proof: consent.proof,
          actor: consent.actor,
          at: consent.at,
          expiresAt: consent.expiresAt,
        })
        .from(consent)
        .where(eq(consent.contactId, id))
        .orderBy(desc(consent.at), desc(consent.id))
        .limit(shownRows);
      return { data };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/contacts/{contact}/consents",
    operationId: "recordOptIn",
    summary:
      "Records that a person has agreed, with the proof. A later opt-in lifts an earlier STOP of that number for what it grants, and says so; `identify` does not.",
    verb: "send-events",
    params: z.strictObject({ contact: ContactReference }),
    query: z.strictObject({}),
    body: OptIn,
    status: 201,
    answer: z.strictObject({ id: z.uuid(), liftedStop: z.boolean() }),
    run: async (actor, { params, body }) => {
      const person = await found(actor, params.contact);
      const now = actor.clock.now();
      const at = body.at ? new Date(body.at) : now;
      const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
      if (at.getTime() > now.getTime() + mostAheadMs) throw new DomainError("bad-input", "`at` lies in the future.");
      if (expiresAt && expiresAt <= at) throw new DomainError("bad-input", "A consent cannot end before it begins.");
      const lifted = await inTransaction(actor.door.pool, (client) =>
        changeConsents(client, {
          workspaceId: actor.session.workspaceId,
          acts: [
            {
              contactId: person.id,
              sender: { waId: person.phone?.slice(1) ?? null, bsuid: null, name: null },
              source: "api",
              act: "start",
              wording: null,
              at,
              proof: { ...body.proof, place: body.source },
              grants: [...new Set(body.purposes)].map((purpose) => ({ purpose, wording: body.wording, expiresAt })),
            },
          ],
          now,
        }),
      );
      return { id: person.id, liftedStop: lifted.size > 0 };
    },
  }),
];

async function found(actor: RestActor, reference: string) {
  const row = await findContact(actor, reference);
  if (!row) throw new DomainError("not-found", "There is no such contact in this workspace.");
  return row;
}
