import { inArray } from "drizzle-orm";
import type { Snapshot } from "#db/schema/approval.ts";
import { approval } from "#db/schema/index.ts";
import { lintTemplate } from "#flow/lint-template.ts";
import type { Catalog } from "#flow/template.ts";
import { validate } from "#flow/validate.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import { readWorld } from "#server/flows/read-world.ts";
import type { Actor } from "#server/trpc.ts";
import { Memory } from "./memory.ts";

/** What is frozen never changes: its findings are the same for as long as the templates around it are. */
const counts = new Memory<number>(2000);

/** What the checks say about each of these requests, by its id. */
export async function countFindings(actor: Actor, requests: { id: string }[]): Promise<Map<string, number>> {
  if (requests.length === 0) return new Map();
  const catalog = await readWorld(actor);
  const world = canonicalHash(catalog);
  const unknown = requests.flatMap(({ id }) => (counts.get(`${id} ${world}`) === undefined ? [id] : []));
  const rows =
    unknown.length === 0
      ? []
      : await actor.db
          .select({ id: approval.id, subjectId: approval.subjectId, snapshot: approval.snapshot })
          .from(approval)
          .where(inArray(approval.id, unknown));
  for (const { id, subjectId, snapshot } of rows)
    counts.set(`${id} ${world}`, count(snapshot, { ...catalog, flowId: subjectId }));
  return new Map(requests.map(({ id }) => [id, counts.get(`${id} ${world}`) ?? 0]));
}

const count = (snapshot: Snapshot, catalog: Catalog): number =>
  snapshot.kind === "flow" ? validate(snapshot.graph, catalog).length : lintTemplate(snapshot).length;
