import type { Queryable } from "#db/client.ts";
import { mail } from "#db/schema/index.ts";
import type { NotedValues } from "#db/schema/notification.ts";
import { newId } from "#server/id.ts";

/** Mails that are no notification: to somebody who cannot or need not look into the product. Their words are `mail.letters.<letter>`. */
export const letters = ["invitation", "password-reset", "report"] as const;
export type Letter = (typeof letters)[number];

export type QueuedMail = {
  workspaceId: string;
  letter: Letter;
  /** Whom it is for; a person's id when there is one. */
  to: { address: string; language: "en" | "fr"; userId?: string };
  /** Whose act it was; null: the reader's own, or nobody's. */
  actorId: string | null;
  values: NotedValues;
  /** Where its button leads, below the public address: "/invitations/...". Kept only until it has left. */
  path: string;
};

/** Puts a mail on its way, in the transaction of what it tells of. It leaves after the commit, by a worker. Answers its id. */
export async function queueMail(tx: Queryable, { letter, to, ...rest }: QueuedMail): Promise<{ mailId: string }> {
  const mailId = newId();
  await tx.insert(mail).values({ ...rest, ...to, id: mailId, kind: letter });
  return { mailId };
}
