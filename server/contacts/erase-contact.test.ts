import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { DispatchScene, hello } from "#server/engine/dispatch/test-scene.ts";
import { TestRig } from "#server/engine/test-rig.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { eraseContact } from "./erase-contact.ts";

let rig: TestRig;
let scene: DispatchScene;
let actor: Actor;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
  const someone = await testActor(rig.database.db);
  actor = { ...someone, session: { ...someone.session, workspaceId: rig.world.workspaceId } };
});
afterEach(() => rig.close());

const secret = "Aïssatou-the-secret";

/** Somebody with a message that has left, one that waits, a flow in which they stand, an event, a consent and a document. */
async function somebody(): Promise<string> {
  const { db } = rig.database;
  const { workspaceId } = rig.world;
  const [contactId = ""] = await rig.world.addContacts(1, { firstName: secret, email: `${secret}@bank.example` });
  const wait = { id: "wait", type: "wait", data: { mode: "duration", duration: { amount: 1, unit: "days" } } };
  await rig.world.publish(
    "first",
    [hello, wait],
    [
      ["start", "next", "hi"],
      ["hi", "next", "wait"],
    ],
    { reEntry: { mode: "every-event" }, purpose: "transaction" },
  );
  await scene.queue(contactId, "first");
  const [sent] = await scene.claim();
  if (!sent) throw new Error("nothing was claimed");
  await rig.database.db.update(tables.outbox).set({ status: "queued" });
  await scene.queue(contactId, "first");
  await db.insert(tables.consent).values({
    id: newId(),
    workspaceId,
    contactId,
    purpose: "service",
    state: "granted",
    source: "person",
    wording: secret,
    actor: "test",
    at: new Date(),
  });
  const [person] = await db.select().from(tables.contact).where(eq(tables.contact.id, contactId));
  const importId = newId();
  const file = { fileName: "november.csv", state: "done" as const, columns: ["phone", "name"], refused: 2 };
  await db.insert(tables.contactImport).values({ id: importId, workspaceId, createdBy: newId(), rows: 3, ...file });
  const row = (number: number, cells: string[]) => ({ importId, row: number, cells, outcome: "refused" as const });
  const finding = { column: "name", value: secret, rule: "phone" };
  await db.insert(tables.contactImportRow).values([
    { ...row(2, [person?.phone ?? "", secret]), state: "limited", finding, contactId },
    { ...row(3, [` ${person?.phone?.slice(1)} `, secret]), state: "refused", finding },
    { ...row(4, ["+33 6 00 00 00 00", "Somebody else"]), state: "refused", finding: { ...finding, value: "" } },
  ]);
  const documentId = newId();
  await db.insert(tables.upload).values({
    id: documentId,
    workspaceId,
    contactId,
    code: "c",
    fileName: `${secret}.pdf`,
    mime: "application/pdf",
    bytes: 1,
  });
  const folder = path.join(actor.env.home, "uploads", workspaceId);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, documentId), secret);
  return contactId;
}

/** Every table with a row in which the word stands. */
async function placesOf(word: string): Promise<string[]> {
  const { rows } = await rig.database.db.execute<{ name: string }>(
    sql`select c.oid::regclass::text as name from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hits = await rig.database.db.execute(
      sql`select 1 from ${sql.raw(name)} t where t::text like ${`%${word}%`} limit 1`,
    );
    if (hits.rows.length > 0) found.push(name);
  }
  return found;
}

test("somebody erased in mid flow is nowhere any more, and nothing leaves to them", async () => {
  const contactId = await somebody();
  expect((await placesOf(secret)).length).toBeGreaterThan(3);
  const erased = await eraseContact(actor, { contactId });
  expect(erased).toMatchObject({ messages: 2, documents: 1 });
  expect(await placesOf(secret)).toEqual([]);
  expect((await rig.database.db.select().from(tables.contactImportRow)).map(({ row }) => row)).toEqual([4]);
  expect(await scene.outbox()).toEqual([]);
  expect(await scene.claim()).toEqual([]);
  expect((await scene.messages()).map(({ status, reason }) => `${status} ${reason}`)).toEqual([
    "skipped contact-erased",
    "skipped contact-erased",
  ]);
  const ways = await rig.database.db.select().from(tables.enrollment).where(eq(tables.enrollment.contactId, contactId));
  expect(new Set(ways.map(({ status, endReason }) => `${status} ${endReason}`))).toEqual(
    new Set(["ended contact-erased"]),
  );
  expect((await rig.database.db.select().from(tables.audit)).map(({ action }) => action)).toEqual(["erase-contact"]);
});

test("somebody of another workspace is not found, and stays", async () => {
  const contactId = await somebody();
  await expect(eraseContact(await testActor(rig.database.db), { contactId })).rejects.toMatchObject({
    code: "not-found",
  });
  const [row] = await rig.database.db.select().from(tables.contact).where(eq(tables.contact.id, contactId));
  expect(row).toMatchObject({ firstName: secret, suppressedAt: null });
});

test("a second time there is nobody to erase", async () => {
  const contactId = await somebody();
  await eraseContact(actor, { contactId });
  await expect(eraseContact(actor, { contactId })).rejects.toMatchObject({ code: "not-found" });
});
