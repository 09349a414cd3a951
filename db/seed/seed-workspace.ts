import { hashPassword } from "better-auth/crypto";
import type { Transaction } from "#db/client.ts";
import { accessKey, account, channel, member, user, workspace } from "#db/schema/index.ts";
import { demoPeople } from "#server/auth/demo-people.ts";
import type { Role } from "#server/auth/permissions.ts";
import { secretPlace } from "#server/channels/open-connection.ts";
import { demoWorkspaceSlug } from "#server/demo/demo-customers.ts";
import type { Env } from "#server/env.ts";
import { sandboxIdentity } from "#server/sandbox/identity.ts";
import { fingerprint, seal } from "#server/secret.ts";
import { fixedId } from "./fixed-id.ts";
import type { Seed } from "./seed.ts";

type WorkspaceWish = {
  slug: string;
  name: string;
  timezone: string;
  language: string;
  currency: string;
  people: { email: string; name: string; role: Role; language: string }[];
  /** Which of the sandbox's numbers is this workspace's. */
  number: number;
};

const bancoDemo: WorkspaceWish = {
  slug: demoWorkspaceSlug,
  name: "Banco Demo",
  timezone: "Africa/Dakar",
  language: "fr",
  currency: "XOF",
  people: demoPeople,
  number: 0,
};

const isolationBank: WorkspaceWish = {
  slug: "isolation-bank",
  name: "Isolation Bank",
  timezone: "Europe/Paris",
  language: "en",
  currency: "EUR",
  people: [{ email: "owner@isolation.test", name: "Ilse Olander", role: "owner", language: "en" }],
  number: 1,
};

export const demoWorkspaceId = fixedId(`workspace:${demoWorkspaceSlug}`);

/** The workspace one tries things in; `bank`: another one in its place, for a world of its own. */
export async function seedDemoWorkspace(
  tx: Transaction,
  env: Env,
  now: Date,
  bank: Partial<Pick<WorkspaceWish, "name" | "timezone" | "language" | "currency">> = {},
): Promise<Seed> {
  const seed = await seedWorkspace(tx, env, { wish: { ...bancoDemo, ...bank }, now });
  await tx
    .insert(accessKey)
    .values([
      keyRow(seed, "write", "Demo events", env.demoWriteKey),
      { ...keyRow(seed, "rest", "Demo REST", env.demoApiKey), scopes: ["flows:publish"] },
    ]);
  return seed;
}

/** A second tenant, with nothing but a reason to be invisible: tests ask for its ids from the first one. */
export const seedIsolationWorkspace = (tx: Transaction, env: Env, now: Date): Promise<Seed> =>
  // Made a moment later: the first workspace of an installation is its operator's (server/health/may-see-installation.ts).
  seedWorkspace(tx, env, { wish: isolationBank, now: new Date(now.getTime() + 1000) });

async function seedWorkspace(
  tx: Transaction,
  env: Env,
  { wish, now }: { wish: WorkspaceWish; now: Date },
): Promise<Seed> {
  const { slug, people, number, ...rest } = wish;
  const workspaceId = fixedId(`workspace:${slug}`);
  await tx.insert(workspace).values({
    ...rest,
    id: workspaceId,
    slug,
    capPerDay: 3,
    // The same time twice: never quiet. A demo is first tried at any hour, and its first event must give a message there and then.
    quietFrom: "00:00",
    quietTo: "00:00",
    createdAt: now,
  });
  const ids = await seedPeople(tx, env, { workspaceId, people, now });
  const channelId = await seedChannel(tx, env, { workspaceId, number, now });
  const ownerId = ids[0] ?? "system";
  return { tx, env, now, workspaceId, channelId, ownerId, makerId: ids[1] ?? ownerId };
}

type PeopleWish = { workspaceId: string; people: WorkspaceWish["people"]; now: Date };

/** Makes people who sign in with the demo password; answers their ids in the same order. */
async function seedPeople(tx: Transaction, env: Env, { workspaceId, people, now }: PeopleWish): Promise<string[]> {
  const password = await hashPassword(env.demoPassword);
  const rows = people.map((person) => ({ ...person, id: fixedId(`user:${person.email}`) }));
  await tx.insert(user).values(
    rows.map(({ id, email, name, language }) => ({
      id,
      email,
      name,
      language,
      emailVerified: true,
      createdAt: now,
      updatedAt: now,
    })),
  );
  await tx.insert(account).values(
    rows.map(({ id, email }) => ({
      id: fixedId(`account:${email}`),
      userId: id,
      accountId: id,
      providerId: "credential",
      password,
      createdAt: now,
      updatedAt: now,
    })),
  );
  await tx.insert(member).values(
    rows.map(({ id, email, role }) => ({
      id: fixedId(`member:${email}`),
      workspaceId,
      userId: id,
      role,
      createdAt: now,
    })),
  );
  return rows.map((row) => row.id);
}

async function seedChannel(
  tx: Transaction,
  env: Env,
  { workspaceId, number, now }: { workspaceId: string; number: number; now: Date },
) {
  const identity = sandboxIdentity(env.secret, number);
  const row = { id: fixedId(`channel:${workspaceId}`), workspaceId };
  await tx.insert(channel).values({
    ...row,
    provider: "meta-cloud",
    name: "Sandbox",
    phone: identity.displayPhone,
    phoneNumberId: identity.phoneNumberId,
    accountId: identity.accountId,
    baseUrl: `http://127.0.0.1:${env.sandboxPort}`,
    tokenSealed: seal(env.secret, secretPlace(row, "token"), identity.token),
    appSecretSealed: seal(env.secret, secretPlace(row, "app-secret"), identity.appSecret),
    verifyTokenSealed: seal(env.secret, secretPlace(row, "verify-token"), identity.verifyToken),
    // Made from the installation's secret: unguessable, and the same when the demo is made again.
    hookToken: fingerprint(`${env.secret}:hook:${row.id}`).slice(0, 32),
    createdAt: now,
  });
  return row.id;
}

const keyRow = ({ workspaceId, now }: Seed, kind: "write" | "rest", name: string, key: string) => ({
  id: fixedId(`key:${workspaceId}:${kind}`),
  workspaceId,
  kind,
  name,
  hash: fingerprint(key),
  last4: key.slice(-4),
  createdAt: now,
});
