import type { Queryable } from "#db/client.ts";
import { mail, notification } from "#db/schema/index.ts";
import type { AuditActor } from "#server/audit/record-audit.ts";
import { newId } from "#server/id.ts";
import { type Audience, findRecipients } from "./find-recipients.ts";
import { type NotificationKind, type NotificationValues, notificationKinds } from "./kinds.ts";

export type Notice<Kind extends NotificationKind> = {
  kind: Kind;
  /** Whom to tell; whoever is in several is told once. */
  to: readonly Audience[];
  /** What it is about, to link there: an approval's, template's, channel's id; "" where the kind has one place for all. */
  subjectId: string;
  values: NotificationValues[Kind];
  /** Whoever was told the same kind within so many minutes is not told again: for what comes in crowds. */
  quietMinutes?: number;
};

/**
 * Tells people something, in the transaction of what it tells of: both happen or neither. Nobody is told of their own act, nor of
 * what their role may not see, nor where they said they do not want it. Mails leave after the commit, by a worker. From a bare
 * connection of the engine: `notify(onClient(client), { clock, actor: "system", workspaceId }, ...)`. Answers how many are told.
 */
export async function notify<Kind extends NotificationKind>(
  tx: Queryable,
  by: AuditActor,
  { kind, to, subjectId, values, quietMinutes }: Notice<Kind>,
): Promise<number> {
  const workspaceId = "session" in by ? by.session.workspaceId : by.workspaceId;
  const actorId = "session" in by ? by.session.userId : null;
  const at = by.clock.now();
  const recipients = await findRecipients(tx, { workspaceId, actorId, kind, to, quietMinutes, at });
  const facts = { workspaceId, kind, actorId, values };
  const shown = recipients.filter((one) => one.inApp);
  if (shown.length > 0) {
    await tx
      .insert(notification)
      .values(shown.map(({ userId }) => ({ ...facts, id: newId(), userId, subjectId: subjectId || null, at })));
  }
  const mailed = recipients.filter((one) => one.byMail);
  if (mailed.length > 0) {
    const path = notificationKinds[kind].pathOf(subjectId);
    await tx.insert(mail).values(
      mailed.map(({ userId, email, language }) => ({
        ...facts,
        id: newId(),
        userId,
        address: email,
        language,
        path,
      })),
    );
  }
  return recipients.filter((one) => one.inApp || one.byMail).length;
}
