import { eq } from "drizzle-orm";
import type { z } from "zod";
import { segment } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";
import type { GetSegment } from "./get-segment.ts";
import { readUsingFlows } from "./list-segments.ts";
import { lockSegment } from "./save-segment.ts";

/** Takes a segment off the list. Refused while a running flow starts by it: its people would silently stop coming. */
export async function archiveSegment(actor: Actor, { segmentId }: z.output<typeof GetSegment>) {
  return setArchived(actor, segmentId, true);
}

/** The undo of it. */
export async function restoreSegment(actor: Actor, { segmentId }: z.output<typeof GetSegment>) {
  return setArchived(actor, segmentId, false);
}

async function setArchived(actor: Actor, segmentId: string, isArchived: boolean): Promise<{ ok: true }> {
  return actor.db.transaction(async (tx) => {
    const stored = await lockSegment(tx, actor, segmentId);
    const using = (await readUsingFlows(tx, actor.session.workspaceId)).get(segmentId) ?? [];
    const running = using.filter((flow) => flow.isRunning).map((flow) => flow.name);
    if (isArchived && running.length > 0)
      throw new DomainError(
        "refused",
        `${running.join(", ")} starts by this segment. Archive the flow first, or start it by another one.`,
        {
          flows: running,
        },
      );
    const now = actor.clock.now();
    await tx
      .update(segment)
      .set({ archivedAt: isArchived ? now : null })
      .where(eq(segment.id, segmentId));
    const action = isArchived ? "archive-segment" : "restore-segment";
    await recordAudit(tx, actor, { action, subject: "segment", subjectId: segmentId, detail: { name: stored.name } });
    return { ok: true };
  });
}
