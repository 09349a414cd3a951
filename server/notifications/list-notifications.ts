import { and, desc, eq, inArray, isNull, lt, type SQL } from "drizzle-orm";
import { z } from "zod";
import { notification, user } from "#db/schema/index.ts";
import { isAllowed, type Role } from "#server/auth/permissions.ts";
import { isPerson } from "#server/auth/person-name.ts";
import { PageInput, toPage } from "#server/page.ts";
import type { Actor } from "#server/trpc.ts";
import { isNotificationKind, type NotificationKind, notificationKinds } from "./kinds.ts";

export const ListNotifications = z.strictObject({ isUnreadOnly: z.boolean().default(false), ...PageInput });

/** One page of what one was told, newest first; what one's role may not see any more is not among it. */
export async function listNotifications(
  { db, session }: Actor,
  { isUnreadOnly, cursor, limit }: z.output<typeof ListNotifications>,
) {
  const rows = await db
    .select({
      id: notification.id,
      kind: notification.kind,
      subjectId: notification.subjectId,
      /** Whose act it was; null: nobody's, or somebody's who is gone. */
      person: user.name,
      values: notification.values,
      at: notification.at,
      readAt: notification.readAt,
    })
    .from(notification)
    .leftJoin(user, isPerson(notification.actorId))
    .where(
      and(
        ownNotifications(session),
        isUnreadOnly ? isNull(notification.readAt) : undefined,
        cursor ? lt(notification.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(notification.id))
    .limit(limit + 1);
  const page = toPage(rows, limit);
  return { after: page.after, rows: page.rows.flatMap(withPath) };
}

function withPath<Row extends { kind: string; subjectId: string | null }>({ kind, subjectId, ...row }: Row) {
  if (!isNotificationKind(kind)) return [];
  const { group, pathOf } = notificationKinds[kind];
  return [{ ...row, kind, group, path: pathOf(subjectId ?? "") }];
}

type Own = { userId: string; workspaceId: string; role: Role };

/** The rows of one person in the workspace they are in, of the kinds their role may see. */
export const ownNotifications = ({ userId, workspaceId, role }: Own): SQL | undefined =>
  and(
    eq(notification.userId, userId),
    eq(notification.workspaceId, workspaceId),
    inArray(notification.kind, kindsFor(role)),
  );

/** The kinds that somebody of this role may be told, in the order of the settings. */
export const kindsFor = (role: Role): NotificationKind[] =>
  Object.keys(notificationKinds).filter(
    (kind): kind is NotificationKind => isNotificationKind(kind) && isAllowed(role, notificationKinds[kind].verb),
  );
