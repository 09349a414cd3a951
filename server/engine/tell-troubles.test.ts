import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { channel, member, notification } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { inTransaction } from "./query.ts";
import { tellDeadLetters, tellPaused } from "./tell-troubles.ts";

let database: TestDatabase;
let owner: Actor;
let maker: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = await testActor(database.db, { role: "owner" });
  maker = await joinWorkspace(database.db, owner.session.workspaceId, { role: "maker" });
  const analyst = await joinWorkspace(database.db, owner.session.workspaceId, { role: "analyst" });
  for (const { session } of [owner, maker, analyst]) {
    const { workspaceId, userId, role } = session;
    await database.db.insert(member).values({ id: newId(), workspaceId, userId, role });
  }
});
afterAll(() => database.drop());

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const toldOf = async (kind: string) => {
  const { workspaceId } = owner.session;
  const own = and(eq(notification.workspaceId, workspaceId), eq(notification.kind, kind));
  return database.db.select().from(notification).where(own);
};

test("dead letters are told to who may retry them, once an hour", async () => {
  const { workspaceId } = owner.session;
  const bury = (time: string) =>
    inTransaction(database.pool, (client) => tellDeadLetters(client, [workspaceId, workspaceId], at(time)));
  await bury("09:00");
  await bury("09:59");
  const first = await toldOf("dead-letters");
  expect(first.map(({ userId }) => userId).sort()).toEqual([owner.session.userId, maker.session.userId].sort());
  // Their mails are dated by the database's clock, which has not moved: without them a new hour is told anew.
  await database.pool.query("delete from mail");
  await bury("10:01");
  expect(await toldOf("dead-letters")).toHaveLength(4);
});

test("a number that is paused is told to owners with the reason; one that is gone is not", async () => {
  const [channelId, { workspaceId, userId }] = [newId(), owner.session];
  const words = {
    name: "Main",
    phone: "+221338000000",
    phoneNumberId: "1",
    accountId: "2",
    baseUrl: "https://x.example",
  };
  const sealed = { tokenSealed: "", appSecretSealed: "", verifyTokenSealed: "", hookToken: "x" };
  await database.db.insert(channel).values({ id: channelId, workspaceId, provider: "meta-cloud", ...words, ...sealed });
  const paused = [channelId, newId()].map((id) => ({ id, reason: "190 Token expired" }));
  await inTransaction(database.pool, (client) =>
    tellPaused(client, paused, { kind: "channel-refused", at: at("09:00") }),
  );
  expect(await toldOf("channel-refused")).toMatchObject([
    { userId, subjectId: channelId, actorId: null, values: { name: "Main", reason: "190 Token expired" } },
  ]);
});
