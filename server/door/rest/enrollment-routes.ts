import { and, desc, eq, lt } from "drizzle-orm";
import { z } from "zod";
import { enrollment } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { ContactReference, findContact } from "./contact-filter.ts";
import { defineRoute } from "./define-route.ts";
import { Paging, pageOf, toPage } from "./paging.ts";
import { EnrollmentResource } from "./resources.ts";

const EnrollmentQuery = Paging.extend({
  contact: ContactReference.optional(),
  flow: z.uuid().optional(),
  status: z.enum(["waiting", "ended"]).optional(),
});

/** Named one by one: a new column is not published by accident. */
const columns = {
  id: enrollment.id,
  contactId: enrollment.contactId,
  flowId: enrollment.flowId,
  versionId: enrollment.versionId,
  key: enrollment.key,
  status: enrollment.status,
  nodeId: enrollment.nodeId,
  enteredAt: enrollment.enteredAt,
  wakeAt: enrollment.wakeAt,
  endedAt: enrollment.endedAt,
  endReason: enrollment.endReason,
  goalAt: enrollment.goalAt,
};

export const enrollmentRoutes = [
  defineRoute({
    method: "GET",
    path: "/v1/enrollments",
    operationId: "listEnrollments",
    summary: "Who is or was in which flow, newest first.",
    verb: "see-contacts",
    params: z.strictObject({}),
    query: EnrollmentQuery,
    body: null,
    status: 200,
    answer: pageOf(EnrollmentResource),
    run: (actor, { query }) => listEnrollments(actor, query),
  }),
];

async function listEnrollments(actor: Actor, { limit, after, ...filter }: z.infer<typeof EnrollmentQuery>) {
  const person = filter.contact ? await findContact(actor, filter.contact) : null;
  if (person === undefined) return toPage([], limit);
  const rows = await actor.db
    .select(columns)
    .from(enrollment)
    .where(
      and(
        eq(enrollment.workspaceId, actor.session.workspaceId),
        after ? lt(enrollment.id, after) : undefined,
        person ? eq(enrollment.contactId, person.id) : undefined,
        filter.flow ? eq(enrollment.flowId, filter.flow) : undefined,
        filter.status ? eq(enrollment.status, filter.status) : undefined,
      ),
    )
    .orderBy(desc(enrollment.id))
    .limit(limit + 1);
  return toPage(rows, limit);
}
