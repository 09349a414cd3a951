import pino from "pino";
import { accessKey, approvalRules, channel, workspace } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { secretPlace } from "#server/channels/open-connection.ts";
import { readEnv } from "#server/env.ts";
import { newId } from "#server/id.ts";
import { fingerprint, seal } from "#server/secret.ts";
import { type DoorLimits, type RunningDoor, startDoor } from "./start-door.ts";

export const testSecret = "ab".repeat(32);
export const appSecret = "the-app-secret";
export const verifyToken = "the-verify-token";
export const hookToken = "an-unguessable-hook-token";

export type Tenant = { workspaceId: string; writeKey: string; restKey: string; channelId: string };

export type TestDoor = RunningDoor & {
  url: string;
  database: TestDatabase;
  tenant: Tenant;
  other: Tenant;
  home: string;
};

/** A door on a free port over a database of its own, with two workspaces. */
export async function openTestDoor(home: string, limits?: DoorLimits): Promise<TestDoor> {
  const database = await createTestDatabase();
  const door = await startDoor(testEnv(database.url, home), pino({ level: "silent" }), limits);
  const tenant = await addTenant(database, "acme");
  const other = await addTenant(database, "other");
  const close = async () => {
    await door.close();
    await database.drop();
  };
  return { ...door, close, url: `http://127.0.0.1:${door.port}`, database, tenant, other, home };
}

export const testEnv = (databaseUrl: string, home: string) => ({
  ...readEnv({ DATABASE_URL: databaseUrl, CHASQUI_SECRET: testSecret, CHASQUI_HOME: home }),
  doorPort: 0,
});

async function addTenant({ db }: TestDatabase, slug: string): Promise<Tenant> {
  const workspaceId = newId();
  const channelId = newId();
  const writeKey = `${slug}-write`;
  const restKey = `${slug}-rest`;
  const sealed = (field: Parameters<typeof secretPlace>[1], plain: string) =>
    seal(testSecret, secretPlace({ id: channelId, workspaceId }, field), plain);
  await db.insert(workspace).values({ id: workspaceId, name: slug, slug });
  await db.insert(accessKey).values([
    { id: newId(), workspaceId, kind: "write", name: "door", hash: fingerprint(writeKey), last4: "rite" },
    {
      id: newId(),
      workspaceId,
      kind: "rest",
      name: "rest",
      hash: fingerprint(restKey),
      last4: "rest",
      scopes: ["flows:publish"],
    },
  ]);
  await db.insert(approvalRules).values({ workspaceId, rules: { keysMayPublish: true }, updatedBy: "system" });
  await db.insert(channel).values({
    id: channelId,
    workspaceId,
    provider: "meta-cloud",
    name: slug,
    phone: "+221338000000",
    phoneNumberId: "111",
    accountId: "222",
    baseUrl: "http://127.0.0.1:1",
    tokenSealed: sealed("token", "token"),
    appSecretSealed: sealed("app-secret", appSecret),
    verifyTokenSealed: sealed("verify-token", verifyToken),
    hookToken,
  });
  return { workspaceId, writeKey, restKey, channelId };
}

/** Posts JSON (or raw text, or bytes) with a write key; answers status, headers and the parsed body. */
export async function post(url: string, key: string | null, body: unknown, headers: Record<string, string> = {}) {
  const raw = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  const authorization: Record<string, string> =
    key === null ? {} : { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` };
  const response = await fetch(url, {
    method: "POST",
    body: raw as BodyInit,
    headers: { ...authorization, ...headers },
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}
