import { ReadableStream } from "node:stream/web";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { setConsent } from "#server/contacts/set-consent.ts";
import { newId } from "#server/id.ts";
import { fixRow, startImport, stopImport } from "#server/imports/change-import.ts";
import { guessMapping, ImportMapping } from "#server/imports/import-mapping.ts";
import { listRows, readImport } from "#server/imports/read-import.ts";
import { readRefused } from "#server/imports/read-refused.ts";
import { receiveFile } from "#server/imports/receive-file.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { wordingKey } from "#server/wording-key.ts";
import { takeRows } from "./take-rows.ts";

let database: TestDatabase;
let actor: Actor;
const now = () => actor.clock.now();

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.pool.query("update contact_import set state = 'done'");
  actor = await testActor(database.db);
  const { workspaceId, userId, role } = actor.session;
  await database.db.insert(tables.member).values({ id: newId(), workspaceId, userId, role });
});

const file = (text: string) =>
  new ReadableStream({
    start: (to) => {
      to.enqueue(new TextEncoder().encode(text));
      to.close();
    },
  });

async function begin(text: string): Promise<string> {
  const { importId } = await receiveFile(actor, { fileName: "november.csv", body: file(text) });
  const { columns } = await readImport(actor, { importId });
  const mapping = ImportMapping.parse(guessMapping(columns));
  await startImport(actor, { importId, mapping, consent: { purposes: ["marketing"], source: "", wording: "Yes" } });
  return importId;
}
async function finish(): Promise<void> {
  while ((await takeRows(database.pool, now())) > 0);
}
const people = () =>
  database.db
    .select()
    .from(tables.contact)
    .where(eq(tables.contact.workspaceId, actor.session.workspaceId))
    .orderBy(asc(tables.contact.id));
const counts = async (importId: string) => {
  const { rows, done, created, updated, withoutConsent, refused, state } = await readImport(actor, { importId });
  return { rows, done, created, updated, withoutConsent, refused, state };
};

const november = `customer_id,phone,first_name,score,opt_in_source
C-1,+221770004109,Awa,712,branch
C-2,+22177000,Binta,680,branch
"C-3",+221770004110,"Fatou ""Fa""",,
C-1,+221770004109,Again,1,branch
,+221770004111,Ibou,700,branch
`;

test("one bad row costs no other; the counts add up; the same file again changes nothing", async () => {
  const first = await begin(november);
  await finish();
  expect(await counts(first)).toEqual({
    rows: 5,
    done: 5,
    created: 2,
    updated: 0,
    withoutConsent: 1,
    refused: 2,
    state: "done",
  });
  const taken = await people();
  expect(
    taken.map(({ externalId, phone, firstName, attributes }) => [externalId, phone, firstName, attributes]),
  ).toEqual([
    ["C-1", "+221770004109", "Awa", { score: 712 }],
    ["C-3", "+221770004110", 'Fatou "Fa"', {}],
    [null, "+221770004111", "Ibou", { score: 700 }],
  ]);
  expect(taken[0]?.consents.marketing).toMatchObject({
    ...{ state: "granted", source: "import" },
    wording: wordingKey("Yes"),
  });
  expect(taken[1]?.consents).toEqual({});
  const { rows } = await listRows(actor, { importId: first });
  expect(rows.map(({ row, finding }) => [row, finding?.rule])).toEqual([
    [3, "phone-too-short"],
    [4, "no-proof"],
    [5, "same-person"],
  ]);
  const second = await begin(november);
  await finish();
  expect(await counts(second)).toMatchObject({ created: 0, updated: 2, withoutConsent: 1, refused: 2 });
  expect(await people()).toEqual(taken);
  expect(await database.db.$count(tables.consent, eq(tables.consent.workspaceId, actor.session.workspaceId))).toBe(2);
  expect(await database.db.$count(tables.notification, eq(tables.notification.userId, actor.session.userId))).toBe(2);
});

test("a fixed row joins the import again, and the file of refused rows says why", async () => {
  const importId = await begin(november);
  await finish();
  const { csv, name } = await readRefused(actor, { importId });
  expect(name).toBe("november-to-fix.csv");
  expect(csv.split("\n")[1]).toBe("C-2,'+22177000,Binta,680,branch,phone: phone-too-short");
  await fixRow(actor, { importId, row: 3, column: "phone", value: "+221770004112" });
  expect(await counts(importId)).toMatchObject({ state: "running", refused: 1 });
  await finish();
  expect(await counts(importId)).toMatchObject({ state: "done", done: 5, created: 3, refused: 1 });
  expect((await people()).at(-1)).toMatchObject({ externalId: "C-2", phone: "+221770004112" });
});

test("who withdrew later is not signed up again by a file", async () => {
  await begin(november);
  await finish();
  const [person] = await people();
  await setConsent(actor, {
    contactId: person?.id ?? "",
    purpose: "marketing",
    state: "withdrawn",
    wording: "said so",
  });
  await begin(november.replaceAll("branch", "older list"));
  await finish();
  expect((await people())[0]?.consents.marketing?.state).toBe("withdrawn");
});

test("a stop keeps what was taken and takes no more; two workers take each row once", async () => {
  const long = [
    "phone,opt_in_source",
    ...Array.from({ length: 600 }, (_, index) => `+2217700${50_000 + index},branch`),
  ].join("\n");
  const importId = await begin(long);
  await takeRows(database.pool, now());
  expect(await stopImport(actor, { importId })).toEqual({ done: 250 });
  await finish();
  expect(await people()).toHaveLength(250);
  await begin(long);
  await Promise.all([finish(), finish(), finish()]);
  expect(await people()).toHaveLength(600);
});

test.each([
  ["no rows", "phone\n"],
  ["nothing", ""],
])("a file with %s is refused, and nothing is kept of it", async (_, text) => {
  await expect(receiveFile(actor, { fileName: "x.csv", body: file(text) })).rejects.toMatchObject({
    code: "bad-input",
  });
  expect(
    await database.db.$count(tables.contactImport, eq(tables.contactImport.workspaceId, actor.session.workspaceId)),
  ).toBe(0);
});
