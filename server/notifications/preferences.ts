import { and, desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { mail, notificationSetting } from "#db/schema/index.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import { type NotificationKind, notificationKinds } from "./kinds.ts";
import { kindsFor } from "./list-notifications.ts";

/** Where one wants which kind, and whether mail leaves this installation at all. */
export async function readPreferences({ db, session, env }: Actor) {
  const { workspaceId, userId, role, email } = session;
  const [settings, [last]] = await Promise.all([
    db
      .select()
      .from(notificationSetting)
      .where(and(eq(notificationSetting.workspaceId, workspaceId), eq(notificationSetting.userId, userId))),
    // What left and what was given up is found by address; what is on its way says nothing yet.
    db
      .select({ state: mail.state, error: mail.error })
      .from(mail)
      .where(and(eq(mail.workspaceId, workspaceId), eq(mail.userId, userId), inArray(mail.state, ["sent", "failed"])))
      .orderBy(desc(mail.id))
      .limit(1),
  ]);
  const kinds = kindsFor(role).map((kind) => {
    const { group, mails } = notificationKinds[kind];
    const own = settings.find((row) => row.kind === kind);
    return { kind, group, inApp: own?.inApp ?? true, byMail: own?.byMail ?? mails };
  });
  return { kinds, email, isMailOn: env.smtp !== null, lastError: last?.state === "failed" ? last.error : null };
}

const kindNames = Object.keys(notificationKinds) as [NotificationKind, ...NotificationKind[]];

export const SetPreference = z.strictObject({
  kind: z.enum(kindNames, { error: "Choose a kind of the list in your settings" }),
  inApp: z.boolean(),
  byMail: z.boolean(),
});

/** One's own choice for what comes from now on. A taste and no decision: it leaves no audit row. */
export async function setPreference(
  { db, session }: Actor,
  { kind, ...where }: z.infer<typeof SetPreference>,
): Promise<void> {
  const { workspaceId, userId, role } = session;
  if (!kindsFor(role).includes(kind))
    throw new DomainError("refused", "Nobody of your role is told this. Choose among what your settings list.");
  await db
    .insert(notificationSetting)
    .values({ workspaceId, userId, kind, ...where })
    .onConflictDoUpdate({
      target: [notificationSetting.workspaceId, notificationSetting.userId, notificationSetting.kind],
      set: where,
    });
}
