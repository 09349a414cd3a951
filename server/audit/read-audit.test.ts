import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { appRouter } from "../router.ts";
import { joinWorkspace, testActor } from "../test-actor.ts";
import type { Actor } from "../trpc.ts";
import { recordAudit } from "./record-audit.ts";

let database: TestDatabase;
let owner: Actor;
let maker: Actor;
const day = (number: number) => new Date(`2026-11-${String(number).padStart(2, "0")}T10:00:00Z`);

/** Thirty rows, one a day: the owner's on even days, the maker's on odd ones. */
beforeAll(async () => {
  database = await createTestDatabase();
  owner = await testActor(database.db, { name: "Mariama" });
  maker = await joinWorkspace(database.db, owner.session.workspaceId, { role: "maker", name: "Awa" });
  for (let number = 1; number <= 30; number += 1) {
    const by = { ...(number % 2 === 0 ? owner : maker), clock: { now: () => day(number) } };
    const action = number % 3 === 0 ? "rename-flow" : "save-draft";
    const subjectId = number < 10 ? "a" : "b";
    await database.db.transaction((tx) =>
      recordAudit(tx, by, { action, subject: "flow", subjectId, detail: { from: { number }, to: "=1+1" } }),
    );
  }
});
afterAll(() => database.drop());

const log = (actor: Actor = owner) => appRouter.createCaller(actor).audit;
const numbers = async (input: Parameters<ReturnType<typeof log>["list"]>[0]) =>
  (await log().list(input)).rows.map(({ sequence }) => sequence);

test("The newest row comes first, with the name of who did it, and pages follow on without a gap", async () => {
  const first = await log().list({ limit: 12 });
  expect(first.rows[0]).toMatchObject({ sequence: 30, actorName: "Mariama" });
  const all = [...first.rows.map(({ sequence }) => sequence)];
  for (let { after } = first; after !== null; ) {
    const next = await log().list({ limit: 12, cursor: after });
    all.push(...next.rows.map(({ sequence }) => sequence));
    after = next.after;
  }
  expect(all).toEqual(Array.from({ length: 30 }, (_, index) => 30 - index));
});

test.each<[string, () => Parameters<ReturnType<typeof log>["list"]>[0], number[]]>([
  ["a person", () => ({ actor: maker.session.userId, from: day(25) }), [29, 27, 25]],
  ["a verb", () => ({ action: "rename-flow", from: day(20) }), [30, 27, 24, 21]],
  ["one thing", () => ({ about: "a", from: day(8) }), [9, 8]],
  ["a kind of thing that is in no row", () => ({ subject: "channel" }), []],
  ["a time, its end left out", () => ({ from: day(5), until: day(8) }), [7, 6, 5]],
  ["a time after everything", () => ({ from: new Date("2027-01-01") }), []],
  ["a time before everything", () => ({ until: new Date("2026-01-01") }), []],
])("A filter by %s", async (_, filter, expected) => expect(await numbers(filter())).toEqual(expected));

test("One can filter by what is in the log", async () => {
  expect(await log().choices()).toEqual({
    people: [
      { id: maker.session.userId, name: "Awa" },
      { id: owner.session.userId, name: "Mariama" },
    ],
    machines: [],
    actions: ["rename-flow", "save-draft"],
    subjects: ["flow"],
  });
});

test("The chain is checked stretch by stretch, and a changed row shows", async () => {
  expect(await log().check({ after: 0 })).toMatchObject({ checked: 30, rows: 30, brokenAt: null, isDone: true });
  expect(await log().check({ after: 20 })).toMatchObject({ checked: 30, brokenAt: null });
  await database.db.execute(sql`alter table audit disable trigger audit_append_only`);
  await database.db.execute(sql`update audit set actor = 'somebody' where sequence = 25`);
  expect(await log().check({ after: 0 })).toMatchObject({ checked: 24, brokenAt: 25, isDone: true });
  await database.db.execute(sql`update audit set actor = ${maker.session.userId} where sequence = 25`);
  await database.db.execute(sql`alter table audit enable always trigger audit_append_only`);
  expect(await log().check({ after: 0 })).toMatchObject({ brokenAt: null });
});

test("An export holds the rows of the filter, runs no formula, and is in the log itself", async () => {
  const csv = await log().export({ format: "csv", action: "rename-flow", until: day(10) });
  expect(csv.rows).toBe(3);
  expect(csv.text.trim().split("\n")).toHaveLength(4);
  const json = await log().export({ format: "json", about: "a" });
  expect(JSON.parse(json.text)).toHaveLength(9);
  expect((await log().list({ limit: 1 })).rows[0]).toMatchObject({ action: "export-audit", detail: { rows: 9 } });
});

test.each(["maker", "agent", "analyst"] as const)("A %s does not see the log", async (role) => {
  const actor = await joinWorkspace(database.db, owner.session.workspaceId, { role });
  await expect(log(actor).list({})).rejects.toMatchObject({ code: "FORBIDDEN" });
});
