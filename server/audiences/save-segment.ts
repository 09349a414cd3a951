import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { segment } from "#db/schema/index.ts";
import { SegmentRule } from "#flow/segment/segment-rule.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../id.ts";
import type { Actor } from "../trpc.ts";
import { countRule } from "./count-rule.ts";

export const SegmentName = z.string().trim().min(1, "Give the segment a name").max(120);

export const SaveSegment = z.strictObject({
  /** None: a new one. */
  segmentId: z.uuid().optional(),
  /** The revision one started from; 0 for a new one. */
  revision: z.int().min(0),
  name: SegmentName,
  rule: SegmentRule,
});

/**
 * Keeps a segment and answers its id, new revision and size. A save that starts from an older revision changes nothing: it is a conflict whose detail
 * carries `{revision, name, rule}` of what is stored.
 */
export async function saveSegment(actor: Actor, input: z.output<typeof SaveSegment>) {
  const { rule, name } = input;
  const counted = await countRule(actor, { rule, lines: false }).catch(() => null);
  const now = actor.clock.now();
  const people = counted ? { people: counted.matching, countedAt: now } : {};
  return actor.db.transaction(async (tx) => {
    const stored = input.segmentId ? await lockSegment(tx, actor, input.segmentId) : null;
    if (stored && stored.revision !== input.revision) {
      const { revision, name, rule } = stored;
      throw new DomainError(
        "conflict",
        "Somebody changed this segment since you opened it. Load it again, then change it.",
        {
          ...{ revision, name, rule },
        },
      );
    }
    const id = stored?.id ?? newId();
    const revision = (stored?.revision ?? 0) + 1;
    const written = { name, rule, revision, ...people, updatedBy: actor.session.userId, updatedAt: now };
    const { workspaceId, userId } = actor.session;
    if (stored) await tx.update(segment).set(written).where(eq(segment.id, id));
    else await tx.insert(segment).values({ ...written, id, workspaceId, createdBy: userId, createdAt: now });
    await recordAudit(tx, actor, {
      action: "save-segment",
      subject: "segment",
      subjectId: id,
      detail: { name, revision, rule, people: counted?.matching ?? null },
    });
    return { id, revision, people: counted?.matching ?? null };
  });
}

/** The segment, locked; not found where it is another workspace's or archived. */
export async function lockSegment(tx: Transaction, { session }: Actor, segmentId: string) {
  const [stored] = await tx
    .select()
    .from(segment)
    .where(and(eq(segment.id, segmentId), eq(segment.workspaceId, session.workspaceId)))
    .for("update");
  if (!stored) throw new DomainError("not-found", "This segment is not in your workspace.");
  return stored;
}
