import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { member } from "#db/schema/index.ts";
import type { Session } from "#server/trpc.ts";

const touchEveryMs = 3 * 60_000;
const touched = new Map<string, number>();

/** "Last seen" to some minutes, beside the request: it must not cost or fail one. */
export function touchMember(
  db: Database,
  now: Date,
  { userId, workspaceId }: Session,
  onError: (error: unknown) => void,
): void {
  const key = `${workspaceId} ${userId}`;
  if (now.getTime() - (touched.get(key) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return;
  if (touched.size > 10_000) touched.clear();
  touched.set(key, now.getTime());
  const own = and(eq(member.workspaceId, workspaceId), eq(member.userId, userId));
  const isOld = or(isNull(member.lastSeenAt), lt(member.lastSeenAt, new Date(now.getTime() - touchEveryMs)));
  db.update(member)
    .set({ lastSeenAt: now })
    .where(and(own, isOld))
    .then(() => undefined, onError);
}
