import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { flowCase, user } from "#db/schema/index.ts";
import type { FlowCase } from "#flow/flow-case.ts";
import { isPerson } from "#server/auth/person-name.ts";
import type { Actor } from "#server/trpc.ts";
import { findFlow } from "./find-flow.ts";

export const ListCases = z.strictObject({ flowId: z.uuid() });

export type StoredCase = FlowCase & { id: string };

/** The test cases of a flow, oldest first, with who kept them. */
export async function listCases(actor: Actor, { flowId }: z.infer<typeof ListCases>) {
  const { db, session } = actor;
  const { id } = await findFlow(db, session.workspaceId, flowId);
  return db
    .select({
      id: flowCase.id,
      name: flowCase.name,
      start: flowCase.start,
      actions: flowCase.actions,
      expected: flowCase.expected,
      by: user.name,
      createdAt: flowCase.createdAt,
    })
    .from(flowCase)
    .leftJoin(user, isPerson(flowCase.createdBy))
    .where(eq(flowCase.flowId, id))
    .orderBy(asc(flowCase.createdAt), asc(flowCase.id));
}

/** The same without people, for whoever plays or copies them. */
export const readCases = (db: Queryable, flowId: string): Promise<StoredCase[]> =>
  db
    .select({
      id: flowCase.id,
      name: flowCase.name,
      start: flowCase.start,
      actions: flowCase.actions,
      expected: flowCase.expected,
    })
    .from(flowCase)
    .where(eq(flowCase.flowId, flowId))
    .orderBy(asc(flowCase.createdAt), asc(flowCase.id));
