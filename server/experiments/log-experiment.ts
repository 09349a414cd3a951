import type { Queryable } from "#db/client.ts";
import { type experimentHappenings, experimentLog } from "#db/schema/index.ts";
import { newId } from "#server/id.ts";

type Happening = {
  workspaceId: string;
  experimentId: string;
  at: Date;
  kind: (typeof experimentHappenings)[number];
  /** Null: the product itself. */
  actor: string | null;
  detail?: Record<string, unknown>;
};

/** One line of the experiment's own log, in the transaction of what it tells of. */
export async function logExperiment(tx: Queryable, { detail = {}, ...happening }: Happening): Promise<void> {
  await tx.insert(experimentLog).values({ ...happening, id: newId(), detail });
}
