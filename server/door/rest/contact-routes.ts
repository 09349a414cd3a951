import { z } from "zod";
import { DomainError } from "#server/errors.ts";
import { ContactReference, findContact } from "./contact-filter.ts";
import { defineRoute } from "./define-route.ts";
import { ContactResource } from "./resources.ts";

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
];
