import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import { wordingKey } from "#server/wording-key.ts";
import { inTransaction } from "../query.ts";
import { changeConsents } from "./change-consents.ts";
import { confirmSignUps } from "./confirm-sign-ups.ts";
import type { ConsentAct } from "./consent-acts.ts";

let database: TestDatabase;
let workspaceId: string;
let awa: string;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ({ workspaceId } = (await testActor(database.db)).session);
  awa = await addContact();
});

const sender = { waId: "221771234567", bsuid: null, name: null };
const day = (number: number) => new Date(Date.UTC(2026, 10, number));

async function addContact(facts: Partial<typeof tables.contact.$inferInsert> = {}): Promise<string> {
  const id = newId();
  await database.db.insert(tables.contact).values({ id, workspaceId, shard: 0, phone: "+221771234567", ...facts });
  return id;
}

const apply = (...acts: Partial<ConsentAct>[]) =>
  inTransaction(database.pool, (client) =>
    changeConsents(client, {
      workspaceId,
      acts: acts.map((act) => ({
        contactId: awa,
        sender,
        source: "keyword",
        act: "stop",
        wording: null,
        at: day(20),
        proof: {},
        ...act,
      })),
      now: day(22),
    }),
  );
const optIn = (at: Date, facts: Partial<ConsentAct> = {}): Partial<ConsentAct> => ({
  source: "page",
  act: "start",
  at,
  grants: [{ purpose: "service", wording: "You may write to me", expiresAt: day(30) }],
  ...facts,
});
const stop = (at: Date): Partial<ConsentAct> => ({ act: "stop", at, wording: "STOP" });
const start = (at: Date): Partial<ConsentAct> => ({ act: "start", at, wording: "Start" });

const person = async (id = awa) =>
  (await database.db.select().from(tables.contact).where(eq(tables.contact.id, id)))[0];
const ledger = () =>
  database.db
    .select()
    .from(tables.consent)
    .where(eq(tables.consent.workspaceId, workspaceId))
    .orderBy(tables.consent.at, tables.consent.id);

test("START after STOP brings back what was agreed to, in its words and no longer than it was given for", async () => {
  await apply(optIn(day(10)));
  await apply(stop(day(20)));
  expect((await person())?.consents.service).toMatchObject({ state: "withdrawn" });
  await apply(start(day(21)));
  expect((await person())?.consents.service?.wording).toBe(wordingKey("You may write to me"));
  expect(await person()).toMatchObject({
    suppressedAt: null,
    consents: { service: { state: "granted", source: "keyword", expiresAt: day(30).toISOString() } },
  });
  expect((await person())?.consents.marketing).toBeUndefined();
  expect((await ledger()).at(-1)).toMatchObject({
    state: "granted",
    wording: "You may write to me",
    expiresAt: day(30),
    proof: { wrote: "Start", liftedStop: true },
  });
});

test("the same within one batch", async () => {
  await apply(optIn(day(10)));
  await apply(stop(day(20)), start(day(21)));
  expect((await ledger()).at(-1)).toMatchObject({ wording: "You may write to me", expiresAt: day(30) });
});

test("an opt-in lifts the STOP of that number for what it grants, says so, and leaves the rest withdrawn", async () => {
  const both = [
    ...(optIn(day(10)).grants ?? []),
    { purpose: "marketing" as const, wording: "Offers", expiresAt: null },
  ];
  await apply(optIn(day(10), { grants: both }));
  const twin = await addContact({ suppressedAt: day(15), suppressedReason: "opt-out" });
  await apply(stop(day(20)));
  expect(await apply(optIn(day(21)))).toEqual(new Set([awa, twin]));
  expect(await person()).toMatchObject({
    suppressedAt: null,
    consents: { service: { state: "granted" }, marketing: { state: "withdrawn" } },
  });
  expect(await person(twin)).toMatchObject({ suppressedAt: null, consents: {} });
  expect((await ledger()).at(-1)?.proof).toMatchObject({ liftedStop: true });
});

test("an opt-in from before the STOP lifts nothing", async () => {
  await apply(optIn(day(10)));
  await apply(stop(day(20)));
  expect(await apply(optIn(day(19), { source: "api" }))).toEqual(new Set());
  expect(await person()).toMatchObject({
    suppressedReason: "opt-out",
    consents: { service: { state: "withdrawn" } },
  });
});

test("a block by the bank stays", async () => {
  await database.db.update(tables.contact).set({ suppressedAt: day(1), suppressedReason: "blocked" });
  expect(await apply(optIn(day(21)))).toEqual(new Set());
  expect(await person()).toMatchObject({ suppressedReason: "blocked" });
});

/** A sign-up on a form, for this number. */
async function signUp(facts: Partial<typeof tables.optInSignUp.$inferInsert> = {}): Promise<string> {
  const formId = newId();
  const texts = { en: { title: "News", intro: "", wordings: {} } };
  await database.db.insert(tables.optInForm).values({
    id: formId,
    workspaceId,
    code: formId.slice(-10),
    name: "Branch",
    source: "Poster",
    purposes: ["marketing"],
    texts,
    createdBy: newId(),
  });
  await database.db.insert(tables.optInSignUp).values({
    id: newId(),
    workspaceId,
    formId,
    confirmCode: "K7P2QX9M",
    phone: "+221771234567",
    language: "en",
    wordings: { marketing: "Offers, please" },
    ipHash: "hash",
    userAgent: "A phone",
    createdAt: day(20),
    expiresAt: day(27),
    ...facts,
  });
  return formId;
}

const write = (text: string, from = awa) =>
  inTransaction(database.pool, async (client) => {
    const written = [{ contactId: from, sender, text, wamid: "wamid.1" }];
    const acts = await confirmSignUps(client, workspaceId, { written, now: day(22) });
    await changeConsents(client, { workspaceId, acts: [...acts.values()], now: day(22) });
    return acts.size;
  });

test("whoever writes the code of a form has agreed to what was on it, once", async () => {
  const formId = await signUp();
  await database.db.update(tables.workspace).set({ consentMonths: 12 });
  expect(await write("Yes, I agree: k7p2qx9m")).toBe(1);
  expect(await write("K7P2QX9M")).toBe(0);
  expect((await person())?.consents).toMatchObject({ marketing: { state: "granted", source: "form" } });
  expect(await ledger()).toMatchObject([
    {
      wording: "Offers, please",
      source: "form",
      expiresAt: new Date(Date.UTC(2027, 10, 22)),
      proof: { form: "Branch", place: "Poster", isTypedNumber: true, ipHash: "hash", userAgent: "A phone" },
    },
  ]);
  const [form] = await database.db.select().from(tables.optInForm).where(eq(tables.optInForm.id, formId));
  expect(form?.confirmed).toBe(1);
});

test.each([
  ["a code nobody was given", "AAAA2222", {}],
  ["a code that has run out", "K7P2QX9M", { expiresAt: day(21) }],
  ["a word around it", "XK7P2QX9M", {}],
])("%s is no consent", async (_, text, facts) => {
  await signUp(facts);
  expect(await write(text)).toBe(0);
  expect(await ledger()).toEqual([]);
});
