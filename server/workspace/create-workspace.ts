import { randomBytes } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { accessKey, account, member, user, workspace } from "#db/schema/index.ts";
import type { Clock } from "../clock.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../id.ts";
import { fingerprint } from "../secret.ts";

export const CreateWorkspace = z.strictObject({
  name: z.string().trim().min(2).max(80),
  timezone: z
    .string()
    .refine(
      (zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC",
      "Not a time zone, such as Africa/Dakar",
    ),
  language: z.enum(["en", "fr"]),
  ownerName: z.string().trim().min(1).max(80),
  ownerEmail: z.email().toLowerCase(),
});

/** What is shown once and kept nowhere in clear. */
export type NewWorkspace = { workspaceId: string; password: string; writeKey: string; restKey: string };

/**
 * Makes a workspace with its first person (an owner) and its first two keys, in one transaction: how an installation without
 * the demo begins. Refuses an e-mail address that is known already.
 */
export async function createWorkspace(
  db: Database,
  clock: Clock,
  input: z.output<typeof CreateWorkspace>,
): Promise<NewWorkspace> {
  const made = {
    workspaceId: newId(),
    password: secret(12),
    writeKey: `cw_${secret(24)}`,
    restKey: `cr_${secret(24)}`,
  };
  const now = clock.now();
  const userId = newId();
  const password = await hashPassword(made.password);
  await db.transaction(async (tx) => {
    if ((await tx.$count(user, eq(user.email, input.ownerEmail))) > 0) {
      throw new DomainError("conflict", `${input.ownerEmail} has an account already; name another e-mail address.`);
    }
    const { name, timezone, language } = input;
    const place = { workspaceId: made.workspaceId, createdAt: now };
    await tx.insert(workspace).values({
      id: made.workspaceId,
      slug: `${slugOf(name)}-${made.workspaceId.slice(-6)}`,
      name,
      timezone,
      language,
      createdAt: now,
    });
    await tx.insert(user).values({
      id: userId,
      name: input.ownerName,
      email: input.ownerEmail,
      emailVerified: true,
      language,
      createdAt: now,
      updatedAt: now,
    });
    await tx.insert(account).values({
      id: newId(),
      userId,
      accountId: userId,
      providerId: "credential",
      password,
      createdAt: now,
      updatedAt: now,
    });
    await tx
      .insert(member)
      .values({ id: newId(), workspaceId: made.workspaceId, userId, role: "owner", createdAt: now });
    await tx
      .insert(accessKey)
      .values([keyRow(place, ["write", "Events", made.writeKey]), keyRow(place, ["rest", "REST", made.restKey])]);
  });
  return made;
}

const secret = (bytes: number): string => randomBytes(bytes).toString("base64url");

const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase()
    .slice(0, 40);

const keyRow = (
  { workspaceId, createdAt }: { workspaceId: string; createdAt: Date },
  [kind, name, key]: ["write" | "rest", string, string],
) => ({
  id: newId(),
  workspaceId,
  kind,
  name,
  hash: fingerprint(key),
  last4: key.slice(-4),
  createdAt,
});
