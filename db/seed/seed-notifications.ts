import { and, eq, isNull } from "drizzle-orm";
import { approval, notification } from "#db/schema/index.ts";
import type { NotificationKind, NotificationValues } from "#server/notifications/kinds.ts";
import { fixedId } from "./fixed-id.ts";
import type { Seed } from "./seed.ts";

const kind = "approval-asked" satisfies NotificationKind;

/**
 * The bell rings for whoever may decide what seedApprovals leaves open, as `notify` would have made it ring when it was asked. No mail:
 * nobody wants one about what never happened.
 */
export async function seedNotifications({ tx, workspaceId, ownerId }: Seed): Promise<void> {
  const deciders = [ownerId, ...["checker", "second-checker"].map((name) => fixedId(`user:${name}@demo.test`))];
  const open = await tx
    .select()
    .from(approval)
    .where(and(eq(approval.workspaceId, workspaceId), isNull(approval.closedAt)));
  const rows = open.flatMap(({ id: subjectId, subject, snapshot, why, askedBy, askedAt }) => {
    const values: NotificationValues[typeof kind] = { subject, name: snapshot.name, why };
    return deciders.map((userId) => ({
      ...{ workspaceId, userId, kind, subjectId, actorId: askedBy, values, at: askedAt },
      id: fixedId(`notification:${subjectId}:${userId}`, askedAt.getTime()),
    }));
  });
  await tx.insert(notification).values(rows);
}
