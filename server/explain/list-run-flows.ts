import { and, asc, eq, isNotNull } from "drizzle-orm";
import { flow } from "#db/schema/index.ts";
import type { Actor } from "../trpc.ts";

/** The flows one can ask about: those that ran at some time, by name. */
export const listRunFlows = ({ db, session }: Actor) =>
  db
    .select({ id: flow.id, name: flow.name })
    .from(flow)
    .where(and(eq(flow.workspaceId, session.workspaceId), isNotNull(flow.versionId)))
    .orderBy(asc(flow.name));
