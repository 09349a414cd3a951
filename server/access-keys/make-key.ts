import { z } from "zod";
import { accessKey } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { newId } from "../id.ts";
import { drawSecret, fingerprint } from "../secret.ts";
import type { Actor } from "../trpc.ts";

/** By it one tells the kind of a key that turned up somewhere. */
export const keyPrefix = { write: "cw_", rest: "cr_" } as const;

/** What a REST key may do beyond its kind. */
export const keyScopes = ["flows:publish"] as const;

export const MakeKey = z
  .strictObject({
    kind: z.enum(["write", "rest"]),
    name: z.string().trim().min(2, "Say in a word or two what uses this key").max(60),
    scopes: z.array(z.enum(keyScopes)).max(keyScopes.length).default([]),
  })
  .refine(({ kind, scopes }) => kind === "rest" || scopes.length === 0, {
    path: ["scopes"],
    message: "Only a REST key has scopes",
  });

/** Makes a key for a machine and answers it, once: only its fingerprint is kept. It works at once. Audited, without the key. */
export async function makeKey(
  { db, clock, session }: Actor,
  { kind, name, scopes }: z.output<typeof MakeKey>,
): Promise<{ keyId: string; key: string }> {
  const key = `${keyPrefix[kind]}${drawSecret(24)}`;
  const keyId = newId();
  const { workspaceId, userId } = session;
  await db.transaction(async (tx) => {
    await tx.insert(accessKey).values({
      id: keyId,
      workspaceId,
      kind,
      name,
      scopes: [...new Set(scopes)],
      hash: fingerprint(key),
      last4: key.slice(-4),
      createdBy: userId,
      createdAt: clock.now(),
    });
    await recordAudit(
      tx,
      { clock, session },
      { action: "make-key", subject: "access-key", subjectId: keyId, detail: { kind, name, scopes } },
    );
  });
  return { keyId, key };
}
