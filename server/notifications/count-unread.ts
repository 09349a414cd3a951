import { and, count, isNull } from "drizzle-orm";
import { notification } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { ownNotifications } from "./list-notifications.ts";

/** What the bell shows. */
export async function countUnread({ db, session }: Actor): Promise<{ unread: number }> {
  const [row] = await db
    .select({ unread: count() })
    .from(notification)
    .where(and(ownNotifications(session), isNull(notification.readAt)));
  return { unread: row?.unread ?? 0 };
}
