import { and, inArray, isNull, lte } from "drizzle-orm";
import { z } from "zod";
import { notification } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import { ownNotifications } from "./list-notifications.ts";

export const MarkRead = z.strictObject({ ids: z.array(z.uuid()).min(1).max(200) });

/** One's own reading is nobody's business: it leaves no audit row. Somebody else's ids are passed over. */
export async function markRead(actor: Actor, { ids }: z.infer<typeof MarkRead>): Promise<void> {
  await setRead(actor, inArray(notification.id, ids));
}

/** `upTo` is the newest one on the screen: what came since has not been seen. */
export const MarkAllRead = z.strictObject({ upTo: z.uuid() });

export async function markAllRead(actor: Actor, { upTo }: z.infer<typeof MarkAllRead>): Promise<void> {
  await setRead(actor, lte(notification.id, upTo));
}

async function setRead({ db, session, clock }: Actor, which: ReturnType<typeof lte>): Promise<void> {
  await db
    .update(notification)
    .set({ readAt: clock.now() })
    .where(and(ownNotifications(session), isNull(notification.readAt), which));
}
