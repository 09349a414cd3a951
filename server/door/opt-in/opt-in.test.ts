import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { consent, contact, optInLink, workspace } from "#db/schema/index.ts";
import { newId, shardOf } from "#server/id.ts";
import { openTestDoor, type TestDoor } from "../test-door.ts";

let door: TestDoor;
let contactId: string;
let code: string;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
});
afterAll(() => door.close());
let made = 0;
beforeEach(async () => {
  const { workspaceId } = door.tenant;
  contactId = newId();
  await door.database.db.insert(contact).values({
    id: contactId,
    workspaceId,
    shard: shardOf(workspaceId, contactId),
    locale: "fr_SN",
    suppressedAt: new Date(),
    suppressedReason: "opt-out",
  });
  code = await link();
});

async function link(expiresAt = new Date(Date.now() + 60_000)): Promise<string> {
  const code = `Code${String(++made).padStart(18, "0")}`;
  const { workspaceId } = door.tenant;
  await door.database.db.insert(optInLink).values({ code, workspaceId, contactId, createdBy: newId(), expiresAt });
  return code;
}

const look = (at = code) => fetch(`${door.url}/o/${at}`);
const answer = (purposes: string[]) =>
  fetch(`${door.url}/o/${code}`, {
    method: "POST",
    body: new URLSearchParams(purposes.map((purpose) => ["purpose", purpose])),
    headers: { "user-agent": "A phone" },
  });
const ledger = () => door.database.db.select().from(consent).where(eq(consent.contactId, contactId));
const person = async () => (await door.database.db.select().from(contact).where(eq(contact.id, contactId)))[0];

test("the page asks in the person's language with nothing ticked, and looking at it changes nothing", async () => {
  const page = await (await look()).text();
  expect(page).toContain('lang="fr"');
  expect(page).toMatch(/type="checkbox"[^>]*value="service"/);
  expect(page).not.toContain("checked");
  expect(await ledger()).toEqual([]);
});

test("an answer is kept with the very words that were on the page, and takes the person's own STOP back", async () => {
  await door.database.db.update(workspace).set({ consentMonths: 12 }).where(eq(workspace.id, door.tenant.workspaceId));
  const page = await (await look()).text();
  expect((await answer(["service"])).status).toBe(200);
  const [row] = await ledger();
  expect(row).toMatchObject({ purpose: "service", state: "granted", source: "page", actor: "contact" });
  expect(page).toContain((row?.wording ?? "?").replaceAll("'", "&#39;"));
  expect(row?.proof).toMatchObject({ language: "fr", userAgent: "A phone" });
  expect(row?.expiresAt?.getUTCFullYear()).toBe((row?.at.getUTCFullYear() ?? 0) + 1);
  expect(await person()).toMatchObject({
    suppressedAt: null,
    consents: { service: { state: "granted", source: "page", expiresAt: row?.expiresAt?.toISOString() } },
  });
  expect((await person())?.consents.marketing).toBeUndefined();
});

test("who answers twice is thanked twice and counted once", async () => {
  await answer(["service", "marketing"]);
  expect((await answer(["service"])).status).toBe(200);
  expect((await look()).status).toBe(200);
  expect(await ledger()).toHaveLength(2);
});

test("a block by the bank stays", async () => {
  await door.database.db.update(contact).set({ suppressedReason: "blocked" }).where(eq(contact.id, contactId));
  await answer(["service"]);
  expect(await person()).toMatchObject({ suppressedReason: "blocked" });
});

test.each([
  ["nothing ticked", []],
  ["a purpose that is not asked about", ["fraud"]],
])("%s is no answer", async (_, purposes) => {
  expect((await answer(purposes)).status).toBe(400);
  expect(await ledger()).toEqual([]);
});

test("a link that has run out or never was leads to a page that says so", async () => {
  expect((await look(await link(new Date(Date.now() - 1)))).status).toBe(410);
  expect((await look("Nobody0000000000000000")).status).toBe(404);
  expect((await look("short")).status).toBe(404);
});
