import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { onClient } from "#db/client.ts";
import { mail, member, notification, notificationSetting, user } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { Role } from "#server/auth/permissions.ts";
import { createFlow } from "#server/flows/create-flow.ts";
import { newId } from "#server/id.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import type { Audience } from "./find-recipients.ts";
import { notify } from "./notify.ts";

let database: TestDatabase;
let people: Record<Role, Actor>;
let workspaceId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  const owner = await testActor(database.db, { role: "owner", name: "owner" });
  workspaceId = owner.session.workspaceId;
  const others = (["maker", "checker", "agent", "analyst"] as const).map((role) =>
    joinWorkspace(database.db, workspaceId, { role, name: role }),
  );
  const [maker, checker, agent, analyst] = await Promise.all(others);
  if (!maker || !checker || !agent || !analyst) throw new Error("four people join");
  people = { owner, maker, checker, agent, analyst };
  for (const [role, { session }] of Object.entries(people))
    await database.db.insert(member).values({ id: newId(), workspaceId, userId: session.userId, role });
});

const idOf = (role: Role) => people[role].session.userId;
const asked = { subject: "flow", name: "KYC reminder", why: "People forget." } as const;
const paused = { name: "kyc_1", language: "en", reason: null };

async function told(): Promise<string[]> {
  const rows = await database.db
    .select({ name: user.name })
    .from(notification)
    .innerJoin(user, eq(user.id, notification.userId))
    .where(eq(notification.workspaceId, workspaceId))
    .orderBy(asc(user.name));
  return rows.map((row) => row.name);
}

const mailed = () => database.db.select().from(mail).where(eq(mail.workspaceId, workspaceId));

describe("who is told", () => {
  test.each<[string, Role, () => Audience[], string[]]>([
    ["everybody who may decide, but not who asked", "owner", () => [{ verb: "decide-approvals" }], ["checker"]],
    [
      "each once, whatever names them",
      "maker",
      () => [{ roles: ["checker"] }, { people: [idOf("checker")] }],
      ["checker"],
    ],
    ["nobody who may not see what it is about", "maker", () => [{ people: [idOf("agent"), idOf("owner")] }], ["owner"]],
    ["nobody where nobody is named", "maker", () => [], []],
  ])("%s", async (_, by, to, expected) => {
    await notify(database.db, people[by], { kind: "approval-asked", to: to(), subjectId: newId(), values: asked });
    expect(await told()).toEqual(expected);
  });

  test("the authors of a flow, and the owners where no author is left", async () => {
    const { flowId } = await createFlow(people.maker, { name: "KYC reminder" });
    const system = { clock: people.owner.clock, actor: "system", workspaceId } as const;
    const tell = () =>
      notify(database.db, system, {
        kind: "template-paused",
        to: [{ authorsOf: [flowId] }],
        subjectId: newId(),
        values: paused,
      });
    await tell();
    expect(await told()).toEqual(["maker"]);
    await database.db.delete(member).where(eq(member.userId, idOf("maker")));
    await tell();
    expect(await told()).toEqual(["maker", "owner"]);
  });

  test("never another workspace's people", async () => {
    const stranger = await testActor(database.db, { name: "stranger" });
    const { userId } = stranger.session;
    await database.db
      .insert(member)
      .values({ id: newId(), workspaceId: stranger.session.workspaceId, userId, role: "owner" });
    const to = [{ people: [userId] }, { verb: "see-workspace" } as const];
    await notify(database.db, people.maker, { kind: "approval-asked", to, subjectId: newId(), values: asked });
    const rows = await database.db.select().from(notification).where(eq(notification.userId, userId));
    expect(rows).toEqual([]);
    expect(await told()).toEqual(["checker", "owner"]);
  });
});

describe("where they are told", () => {
  const tell = () =>
    notify(database.db, people.maker, {
      kind: "approval-asked",
      to: [{ roles: ["checker"] }],
      subjectId: "0192",
      values: asked,
    });
  const set = (inApp: boolean, byMail: boolean) =>
    database.db
      .insert(notificationSetting)
      .values({ workspaceId, userId: idOf("checker"), kind: "approval-asked", inApp, byMail });

  test.each([
    [true, true, 1, 1, 1],
    [true, false, 1, 0, 1],
    [false, true, 0, 1, 1],
    [false, false, 0, 0, 0],
  ])("in the app: %s, by e-mail: %s", async (inApp, byMail, rows, mails, answer) => {
    await set(inApp, byMail);
    expect(await tell()).toBe(answer);
    expect(await told()).toHaveLength(rows);
    expect(await mailed()).toHaveLength(mails);
  });

  test("as the kind says where a person said nothing; the mail leads to the thing, in the person's language", async () => {
    await database.db
      .update(user)
      .set({ language: "fr" })
      .where(eq(user.id, idOf("checker")));
    await tell();
    expect(await mailed()).toMatchObject([
      { address: people.checker.session.email, language: "fr", path: "/approvals?id=0192", state: "waiting" },
    ]);
  });
});

test("both happen or neither: what is rolled back is told to nobody, from the engine's own connection, too", async () => {
  const client = await database.pool.connect();
  await client.query("begin");
  const system = { clock: people.owner.clock, actor: "system", workspaceId } as const;
  const notice = { kind: "template-paused", to: [{ roles: ["owner"] }], subjectId: newId(), values: paused } as const;
  expect(await notify(onClient(client), system, notice)).toBe(1);
  await client.query("rollback");
  client.release();
  expect(await told()).toEqual([]);
  expect(await mailed()).toEqual([]);
});
