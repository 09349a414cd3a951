import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { contactImport } from "#db/schema/index.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";

export const OfImport = z.strictObject({ importId: z.uuid() });

/** An import of the workspace; `lock` waits for the slice that is being taken. */
export async function findImport(db: Queryable, { session }: Actor, importId: string, lock?: "lock") {
  const query = db
    .select()
    .from(contactImport)
    .where(and(eq(contactImport.id, importId), eq(contactImport.workspaceId, session.workspaceId)));
  const [found] = await (lock ? query.for("update") : query);
  if (!found) throw new DomainError("not-found", "This import is not in your workspace.");
  return found;
}
