import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { broadcast, type broadcastStates } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";

export const ChangeBroadcast = z.strictObject({ flowId: z.uuid(), occurrence: z.string().min(1).max(20) });

type State = (typeof broadcastStates)[number];
const acts = {
  "pause-broadcast": { from: ["running"], to: "paused" },
  "resume-broadcast": { from: ["paused"], to: "running" },
  "stop-broadcast": { from: ["running", "paused"], to: "stopped" },
} as const satisfies Record<string, { from: State[]; to: State }>;

/**
 * A verb that pauses, resumes or stops one broadcast in all its zones, and answers how many people are in already: they go on through the flow.
 * Doing it twice is the same as once. It waits for the slice that is being let in.
 */
export const broadcastVerb =
  (act: keyof typeof acts) =>
  async (actor: Actor, { flowId, occurrence }: z.output<typeof ChangeBroadcast>): Promise<{ entered: number }> => {
    const { from, to } = acts[act];
    const { workspaceId, userId } = actor.session;
    const isIt = and(
      eq(broadcast.workspaceId, workspaceId),
      eq(broadcast.flowId, flowId),
      eq(broadcast.occurrence, occurrence),
    );
    return actor.db.transaction(async (tx) => {
      const zones = await tx.select().from(broadcast).where(isIt).orderBy(broadcast.id).for("update");
      if (zones.length === 0) throw new DomainError("not-found", "This broadcast is not in your workspace.");
      const entered = zones.reduce((sum, zone) => sum + zone.entered, 0);
      const changed = zones.filter((zone) => from.some((state) => state === zone.state)).map((zone) => zone.id);
      if (changed.length === 0) return { entered };
      const endedAt = to === "stopped" ? actor.clock.now() : null;
      await tx
        .update(broadcast)
        .set({ state: to, changedBy: userId, endedAt, nextAt: actor.clock.now() })
        .where(inArray(broadcast.id, changed));
      await recordAudit(tx, actor, {
        action: act,
        subject: "flow",
        subjectId: flowId,
        detail: { occurrence, entered },
      });
      return { entered };
    });
  };
