import { z } from "zod";
import type { Database } from "#db/client.ts";
import { accessKey, workspace } from "#db/schema/index.ts";
import type { Clock } from "../clock.ts";
import { newId } from "../id.ts";
import { drawSecret, fingerprint } from "../secret.ts";
import { insertPerson } from "./insert-person.ts";

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
export type NewWorkspace = { workspaceId: string; slug: string; password: string; writeKey: string; restKey: string };

/**
 * Makes a workspace with its first person (an owner) and its first two keys, in one transaction: how an installation without
 * the demo begins. Refuses an e-mail address that is known already.
 */
export async function createWorkspace(
  db: Database,
  clock: Clock,
  input: z.output<typeof CreateWorkspace>,
): Promise<NewWorkspace> {
  const workspaceId = newId();
  const made = {
    workspaceId,
    slug: `${slugOf(input.name)}-${workspaceId.slice(-6)}`,
    password: drawSecret(12),
    writeKey: `cw_${drawSecret(24)}`,
    restKey: `cr_${drawSecret(24)}`,
  };
  const now = clock.now();
  await db.transaction(async (tx) => {
    const { name, timezone, language } = input;
    const place = { workspaceId: made.workspaceId, createdAt: now };
    await tx.insert(workspace).values({
      id: made.workspaceId,
      slug: made.slug,
      name,
      timezone,
      language,
      createdAt: now,
    });
    await insertPerson(tx, {
      workspaceId,
      name: input.ownerName,
      email: input.ownerEmail,
      role: "owner",
      language,
      password: made.password,
      at: now,
    });
    await tx
      .insert(accessKey)
      .values([keyRow(place, ["write", "Events", made.writeKey]), keyRow(place, ["rest", "REST", made.restKey])]);
  });
  return made;
}

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
