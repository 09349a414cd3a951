import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { listReports, setReport } from "#server/dashboard/set-report.ts";
import { newId } from "#server/id.ts";
import { writeMail } from "#server/notifications/mail/write-mail.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { foldCounts } from "../rollup/fold-counts.ts";
import { recountDue } from "../rollup/rebuild-counts.ts";
import { sendReports } from "./send-reports.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Sunday, 22 November 2026, 09:00 is when an actor of tests lives. */
const monday = new Date("2026-11-23T07:30:00Z");
const mailsOf = ({ session }: Actor) =>
  database.db.select().from(tables.mail).where(eq(tables.mail.workspaceId, session.workspaceId));

async function aBank(): Promise<{ owner: Actor; analyst: Actor }> {
  const owner = await testActor(database.db);
  const { workspaceId } = owner.session;
  const analyst = await joinWorkspace(database.db, workspaceId, { role: "analyst" });
  await database.db.update(tables.user).set({ language: "fr" }).where(eq(tables.user.id, analyst.session.userId));
  for (const { session } of [owner, analyst])
    await database.db
      .insert(tables.member)
      .values({ id: newId(), workspaceId, userId: session.userId, role: session.role });
  await database.db.insert(tables.message).values(
    Array.from({ length: 40 }, (_, index) => ({
      ...{ id: newId(), workspaceId, shard: 0, contactId: newId(), direction: "outbound" as const, type: "template" },
      status: "delivered" as const,
      createdAt: new Date("2026-11-22T10:00:00Z"),
      sentAt: new Date("2026-11-22T10:00:00Z"),
      deliveredAt: index < 38 ? new Date("2026-11-22T10:01:00Z") : null,
    })),
  );
  while (await recountDue(database.pool));
  while ((await foldCounts(database.pool)) > 0);
  return { owner, analyst };
}

test("a report tells yesterday's numbers once, in the reader's language", async () => {
  const { owner, analyst } = await aBank();
  await setReport(owner, { userId: analyst.session.userId, rhythm: "daily" });
  expect(await sendReports(database.pool, new Date("2026-11-23T06:59:00Z"))).toBe(0);
  expect(await sendReports(database.pool, monday)).toBe(1);
  expect(await sendReports(database.pool, monday)).toBe(0);
  const [mail, ...others] = await mailsOf(owner);
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ kind: "report", language: "fr", path: "/dashboard?from=2026-11-22&until=2026-11-22" });
  if (!mail) throw new Error("No mail.");
  const written = writeMail([{ ...mail, workspace: "Banco Demo", person: null }], { publicUrl: "http://x" });
  expect(written.text).toContain("40");
  expect(written.text.replace(/\s/g, " ")).toContain("95,0 %");
});

test("a weekly report comes on Mondays and tells of seven days", async () => {
  const { owner } = await aBank();
  await setReport(owner, { userId: owner.session.userId, rhythm: "weekly" });
  await sendReports(database.pool, monday);
  await sendReports(database.pool, new Date("2026-11-24T07:30:00Z"));
  const mails = await mailsOf(owner);
  expect(mails.map(({ path }) => path)).toEqual(["/dashboard?from=2026-11-16&until=2026-11-22"]);
});

test("who sets it is in the log, and who may not see the dashboard gets none", async () => {
  const { owner, analyst } = await aBank();
  const { userId } = analyst.session;
  await setReport(owner, { userId, rhythm: "daily" });
  await setReport(owner, { userId, rhythm: "daily" });
  const log = await database.db
    .select()
    .from(tables.audit)
    .where(eq(tables.audit.workspaceId, owner.session.workspaceId));
  expect(log.map(({ action, detail }) => [action, detail])).toEqual([
    ["set-report", { before: "off", after: "daily" }],
  ]);
  await database.db.update(tables.member).set({ role: "agent" }).where(eq(tables.member.userId, userId));
  expect((await listReports(owner)).map((person) => person.userId)).toEqual([owner.session.userId]);
  expect(await sendReports(database.pool, monday)).toBe(0);
  await expect(setReport(owner, { userId: newId(), rhythm: "off" })).rejects.toMatchObject({ code: "not-found" });
});
