import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mail, member } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { countUnread } from "./count-unread.ts";
import { listNotifications } from "./list-notifications.ts";
import { markAllRead, markRead } from "./mark-read.ts";
import { notify } from "./notify.ts";
import { readPreferences, setPreference } from "./preferences.ts";

let database: TestDatabase;
let maker: Actor;
let checker: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  maker = await testActor(database.db, { role: "maker", name: "Awa Diop" });
  const { workspaceId } = maker.session;
  checker = await joinWorkspace(database.db, workspaceId, { role: "checker", name: "Valentina Ríos" });
  for (const { session } of [maker, checker])
    await database.db.insert(member).values({ id: newId(), workspaceId, userId: session.userId, role: session.role });
});

const ask = (name: string) =>
  notify(database.db, maker, {
    kind: "approval-asked",
    to: [{ verb: "decide-approvals" }],
    subjectId: "0192",
    values: { subject: "flow", name, why: "People forget." },
  });
const list = (actor = checker, input = {}) => listNotifications(actor, { isUnreadOnly: false, limit: 50, ...input });
const namesOf = ({ rows }: Awaited<ReturnType<typeof list>>) => rows.map((row) => row.values.name);

describe("reading", () => {
  test("the newest first, with who did it and where it leads; page by page", async () => {
    for (const name of ["one", "two", "three"]) await ask(name);
    const first = await list(checker, { limit: 2 });
    expect(first.rows[0]).toMatchObject({ person: "Awa Diop", path: "/approvals?id=0192", readAt: null });
    expect(namesOf(first)).toEqual(["three", "two"]);
    expect(namesOf(await list(checker, { limit: 2, cursor: first.after }))).toEqual(["one"]);
    expect(await list(maker)).toMatchObject({ rows: [] });
  });

  test("one, then all that were on the screen; what came since is still new", async () => {
    for (const name of ["one", "two", "three"]) await ask(name);
    const seen = await list();
    await markRead(checker, { ids: [seen.rows[1]?.id ?? ""] });
    expect(namesOf(await list(checker, { isUnreadOnly: true }))).toEqual(["three", "one"]);
    await ask("four");
    await markAllRead(checker, { upTo: seen.rows[0]?.id ?? "" });
    expect(namesOf(await list(checker, { isUnreadOnly: true }))).toEqual(["four"]);
    expect(await countUnread(checker)).toEqual({ unread: 1 });
  });

  test("nobody reads or marks somebody else's", async () => {
    await ask("one");
    const [row] = (await list()).rows;
    const other = await joinWorkspace(database.db, maker.session.workspaceId, { role: "checker" });
    await markRead(other, { ids: [row?.id ?? ""] });
    await markAllRead(other, { upTo: row?.id ?? "" });
    expect(await countUnread(checker)).toEqual({ unread: 1 });
    expect((await list(other)).rows).toEqual([]);
  });

  test("a role that may not see it any more is not shown it", async () => {
    await ask("one");
    const asAnalyst: Actor = { ...checker, session: { ...checker.session, role: "analyst" } };
    expect((await list(asAnalyst)).rows).toEqual([]);
    expect(await countUnread(asAnalyst)).toEqual({ unread: 0 });
  });
});

describe("preferences", () => {
  test("say what holds until one chooses, and then what one chose, for what comes after", async () => {
    const before = await readPreferences(checker);
    expect(before.kinds.find(({ kind }) => kind === "approval-asked")).toMatchObject({ inApp: true, byMail: true });
    expect(before).toMatchObject({ isMailOn: false, lastError: null });
    await setPreference(checker, { kind: "approval-asked", inApp: false, byMail: true });
    await setPreference(checker, { kind: "approval-asked", inApp: false, byMail: false });
    const { kinds } = await readPreferences(checker);
    expect(kinds.find(({ kind }) => kind === "approval-asked")).toMatchObject({ inApp: false, byMail: false });
    await ask("one");
    expect((await list()).rows).toEqual([]);
  });

  test("list only what one's role is told, and refuse the rest", async () => {
    const { kinds } = await readPreferences(maker);
    expect(kinds.map(({ kind }) => kind)).not.toContain("approval-asked");
    const change = { kind: "approval-asked", inApp: false, byMail: false } as const;
    await expect(setPreference(maker, change)).rejects.toMatchObject({ code: "refused" });
  });

  test("tell why the last e-mail did not leave, until one leaves again", async () => {
    await ask("one");
    const own = eq(mail.userId, checker.session.userId);
    await database.db.update(mail).set({ state: "failed", error: "550 No such mailbox" }).where(own);
    expect(await readPreferences(checker)).toMatchObject({ lastError: "550 No such mailbox" });
    await database.db.update(mail).set({ state: "sent" }).where(own);
    expect(await readPreferences(checker)).toMatchObject({ lastError: null });
  });
});
