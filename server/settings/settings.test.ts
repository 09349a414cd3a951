import { monitorEventLoopDelay } from "node:perf_hooks";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import type { SendPolicy } from "#flow/gate/policy.ts";
import { verifyAudit } from "#server/audit/verify-audit.ts";
import { newId } from "#server/id.ts";
import { appRouter } from "#server/router.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { wordingKey } from "#server/wording-key.ts";

let database: TestDatabase;
let owner: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  owner = await testActor(database.db);
});

const settings = (actor: Actor = owner) => appRouter.createCaller(actor).settings;
const auditOf = () =>
  database.db.select().from(tables.audit).where(eq(tables.audit.workspaceId, owner.session.workspaceId));

async function proposed(change: Partial<SendPolicy>): Promise<SendPolicy> {
  const { policy } = await settings().read();
  return { ...policy, ...change };
}

async function person(facts: Partial<typeof tables.contact.$inferInsert> = {}): Promise<string> {
  const id = newId();
  await database.db.insert(tables.contact).values({ id, workspaceId: owner.session.workspaceId, shard: 0, ...facts });
  return id;
}

/** A message that left at noon UTC some days ago (the clock of the tests stands at 2026-11-22). */
async function sent(contactId: string, facts: Partial<typeof tables.message.$inferInsert> = {}) {
  const createdAt = new Date("2026-11-20T12:00:00Z");
  const row: typeof tables.message.$inferInsert = {
    id: newId(),
    workspaceId: owner.session.workspaceId,
    contactId,
    shard: 0,
    direction: "outbound",
    purpose: "service",
    type: "template",
    status: "delivered",
    createdAt,
    sentAt: createdAt,
    ...facts,
  };
  await database.db.insert(tables.message).values(row);
}

describe("the policy", () => {
  test("begins as the gate has always been, and everybody may read it", async () => {
    const agent = await joinWorkspace(database.db, owner.session.workspaceId, { role: "agent" });
    expect(await settings(agent).read()).toMatchObject({
      policy: {
        capPerDay: 3,
        rollingCap: null,
        quietHours: { from: "21:00", to: "08:00" },
        collections: { hours: { from: "08:00", to: "19:00" }, days: [1, 2, 3, 4, 5, 6, 7] },
        budget: null,
        on: { cap: "handle", quietHours: "later", budget: "later" },
      },
      spentMicros: null,
    });
  });

  test("is changed by an owner, whole, with what was and what is in the audit log", async () => {
    const next: SendPolicy = {
      capPerDay: 2,
      rollingCap: { days: 7, most: 5 },
      quietHours: { from: "20:00", to: "09:00" },
      collections: { hours: { from: "09:00", to: "17:00" }, days: [5, 1] },
      budget: { micros: 250_000_000, currency: "USD" },
      consentMonths: 24,
      consentSince: "2026-01-01",
      consentRetired: ["ffffffffffff", "0a1b2c3d4e5f"],
      consentExempt: ["fraud"],
      stopWords: ["STOP", "Ça suffit"],
      startWords: null,
      on: { cap: "later", quietHours: "drop", budget: "handle" },
    };
    expect(await settings().save(next)).toEqual({ isChanged: true });
    const expected = {
      ...next,
      collections: { ...next.collections, days: [1, 5] },
      consentRetired: ["0a1b2c3d4e5f", "ffffffffffff"],
    };
    expect((await settings().read()).policy).toEqual(expected);
    const [row] = await auditOf();
    expect(row).toMatchObject({ action: "change-send-policy", detail: { before: { capPerDay: 3 }, after: expected } });
    expect((await verifyAudit(database.db, owner.session.workspaceId)).brokenAt).toBeNull();
  });

  test("that is saved as it is, is no change", async () => {
    expect(await settings().save(await proposed({}))).toEqual({ isChanged: false });
    expect(await auditOf()).toEqual([]);
  });

  test.each(["maker", "checker", "agent", "analyst"] as const)("is not changed by a %s", async (role) => {
    const other = await joinWorkspace(database.db, owner.session.workspaceId, { role });
    const policy = await proposed({ capPerDay: 1 });
    await expect(settings(other).save(policy)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(settings(other).preview(policy)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(settings(other).importList({ text: "+33612345678", note: "test" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  test.each<[string, Partial<SendPolicy>]>([
    ["no message a day", { capPerDay: 0 }],
    ["a week smaller than a day", { rollingCap: { days: 7, most: 2 } }],
    ["a window of one day", { rollingCap: { days: 1, most: 9 } }],
    ["collections that end before they begin", { collections: { hours: { from: "19:00", to: "08:00" }, days: [1] } }],
    ["no day for collections", { collections: { hours: { from: "08:00", to: "19:00" }, days: [] } }],
    ["a time that is none", { quietHours: { from: "25:00", to: "08:00" } }],
    ["marketing without a consent", { consentExempt: ["marketing"] }],
    ["words without STOP", { stopWords: ["ARRÊT"] }],
    ["words without START", { startWords: ["REPRENDRE"] }],
    ["a word for both", { stopWords: ["STOP", "Encore"], startWords: ["START", "ENCORE!"] }],
    ["a word of nothing", { stopWords: ["STOP", "?!"] }],
    ["a budget below nothing", { budget: { micros: -1, currency: "USD" } }],
    ["a budget in a currency in which nobody charges", { budget: { micros: 1, currency: "XOF" } }],
  ])("refuses %s", async (_, change) => {
    await expect(settings().save(await proposed(change))).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("that gets a budget begins with what the month has cost", async () => {
    const awa = await person();
    await sent(awa, { costMicros: 700, costCurrency: "USD" });
    await sent(awa, { costMicros: 900, costCurrency: "EUR" });
    await sent(awa, { costMicros: 800, costCurrency: "USD", sentAt: new Date("2026-10-31T23:00:00Z") });
    await sent(awa, { costMicros: 500, costCurrency: "USD", sentAt: new Date("2026-12-01T00:00:00Z") });
    await settings().save(await proposed({ budget: { micros: 1_000_000, currency: "USD" } }));
    expect(await settings().read()).toMatchObject({ month: "2026-11", spentMicros: 700 });
  });
});

describe("before it is saved", () => {
  test("a policy tells whom it would have touched last week, and changes nothing", async () => {
    const [awa, kofi] = [await person({ firstName: "Awa", lastName: "Diallo" }), await person({ firstName: "Kofi" })];
    for (let index = 0; index < 3; index += 1) await sent(awa);
    await sent(kofi);
    await sent(kofi, { purpose: "fraud" });
    // Older than a week, somebody else's, not a matter of the policy.
    await sent(awa, { createdAt: new Date("2026-11-01T12:00:00Z") });
    await sent(awa, { status: "skipped", reason: "no-consent" });
    const preview = await settings().preview(await proposed({ capPerDay: 1 }));
    expect(preview).toMatchObject({
      judged: 5,
      total: 5,
      oneIn: 1,
      people: 1,
      counts: [{ change: "dropped", reason: "frequency-cap", messages: 2, people: 1 }],
      sample: [{ contactId: awa, name: "Awa Diallo", change: "dropped", reason: "frequency-cap" }],
    });
    expect((await settings().read()).policy.capPerDay).toBe(3);
    expect(await auditOf()).toEqual([]);
  });

  test("a larger cap tells of those who would have been written to", async () => {
    const awa = await person();
    for (let index = 0; index < 3; index += 1) await sent(awa);
    await sent(awa, { status: "skipped", reason: "frequency-cap", sentAt: null });
    const { counts } = await settings().preview(await proposed({ capPerDay: 9 }));
    expect(counts).toMatchObject([{ change: "leaves", messages: 1, people: 1 }]);
  });

  test("people with one phone share a cap, as they do when messages leave", async () => {
    const phone = "+221771234567";
    for (const firstName of ["Awa", "Kofi"]) await sent(await person({ firstName, phone }));
    const { counts, people } = await settings().preview(await proposed({ capPerDay: 1 }));
    expect(counts).toMatchObject([{ change: "dropped", reason: "frequency-cap", messages: 1, people: 1 }]);
    expect(people).toBe(1);
  });

  test("rules for consent are judged by what people had agreed to then", async () => {
    const at = "2026-01-10T00:00:00.000Z";
    const old = await person({ firstName: "Old", consents: { service: { state: "granted", at, source: "identify" } } });
    await sent(old);
    const stopped = await person({ firstName: "Stopped since" });
    const act = {
      workspaceId: owner.session.workspaceId,
      contactId: stopped,
      purpose: "service" as const,
      source: "page",
      actor: "contact",
    };
    await database.db.insert(tables.consent).values([
      { id: newId(), ...act, state: "granted", at: new Date("2026-11-01T00:00:00Z") },
      { id: newId(), ...act, state: "withdrawn", at: new Date("2026-11-21T00:00:00Z") },
    ]);
    await sent(stopped);
    const nobody = await person({ firstName: "Never asked" });
    await sent(nobody, { status: "skipped", reason: "no-consent", sentAt: null, purpose: "fraud" });
    const rule = async (change: Partial<SendPolicy>) => {
      const { counts, sample } = await settings().preview(await proposed(change));
      return [counts.map(({ change, reason, messages }) => [change, reason, messages]), sample.map(({ name }) => name)];
    };
    expect(await rule({ consentMonths: 6 })).toEqual([[["dropped", "consent-expired", 1]], ["Old"]]);
    expect(await rule({ consentSince: "2026-02-01" })).toEqual([[["dropped", "consent-expired", 1]], ["Old"]]);
    const [first, second] = ["You may write about my account.", "You may write about my account and my cards."];
    for (const [wording, name] of [
      [first, "First words"],
      [second, "Second words"],
    ] as const) {
      const contactId = await person({ firstName: name });
      await database.db.insert(tables.consent).values({
        ...{ id: newId(), ...act, contactId, state: "granted", source: "form", wording },
        at: new Date("2026-10-01T00:00:00Z"),
      });
      await sent(contactId);
    }
    expect(await rule({ consentRetired: [wordingKey(first)] })).toEqual([
      [["dropped", "consent-expired", 1]],
      ["First words"],
    ]);
    expect(await rule({ consentExempt: ["fraud"] })).toEqual([[["leaves", "no-consent", 1]], ["Never asked"]]);
  });

  test("the wordings people agreed to are told with who used them, and not what the team wrote down of one person", async () => {
    const contactId = await person();
    const other = await testActor(database.db);
    const words = "You may write about my account.";
    const row = (change: Partial<typeof tables.consent.$inferInsert>) => ({
      ...{ id: newId(), workspaceId: owner.session.workspaceId, contactId, purpose: "service" as const },
      ...{
        state: "granted" as const,
        source: "form",
        wording: words,
        actor: "contact",
        at: new Date("2026-10-01T00:00Z"),
      },
      ...change,
    });
    await database.db
      .insert(tables.consent)
      .values([
        row({}),
        row({ purpose: "marketing", at: new Date("2026-11-01T00:00Z") }),
        row({ source: "person", wording: "Said so on the phone, Awa" }),
        row({ state: "withdrawn", source: "keyword", wording: "STOP" }),
        row({ workspaceId: other.session.workspaceId, wording: "Another bank" }),
      ]);
    expect(await settings().wordings()).toEqual([
      {
        key: wordingKey(words),
        wording: words,
        purposes: ["marketing", "service"],
        first: new Date("2026-10-01T00:00Z"),
        last: new Date("2026-11-01T00:00Z"),
        consents: 2,
      },
    ]);
  });

  test("of a large week all messages of some people are judged, in less than a second at a time", async () => {
    const { workspaceId } = owner.session;
    await database.db.execute(sql`
      with people as (
        insert into contact (id, workspace_id, shard) select uuidv7(), ${workspaceId}, 0 from generate_series(1, 400) returning id
      )
      insert into message (id, workspace_id, shard, contact_id, direction, purpose, type, status, created_at, sent_at)
      select uuidv7(), ${workspaceId}, 0, id, 'outbound', 'service', 'template', 'delivered', '2026-11-20T22:00Z', '2026-11-20T22:00Z'
      from people, generate_series(1, 20)`);
    const policy = await proposed({ capPerDay: 1, on: { cap: "later", quietHours: "later", budget: "later" } });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const preview = await settings().preview(policy);
    delay.disable();
    expect(preview).toMatchObject({ total: 8_000, oneIn: 4 });
    expect(preview.judged % 20).toBe(0);
    expect(preview.judged).toBeGreaterThan(1_000);
    expect(preview.people).toBe(preview.judged / 20);
    expect(delay.max / 1e6).toBeLessThan(1_000);
  }, 120_000);

  test("nothing of another workspace is judged", async () => {
    const other = await testActor(database.db);
    await sent(await person());
    expect(await settings(other).preview((await settings(other).read()).policy)).toMatchObject({ judged: 0 });
  });
});

describe("the suppression list", () => {
  const text = "phone,why\n+33612345678,court\n+33612345678,court\n0612345678,x\n+221771234567,y";

  test("tells what an import would do, row by row where one is wrong, and writes nothing", async () => {
    const awa = await person({ phone: "+221771234567" });
    await database.db.insert(tables.outbox).values({
      messageId: newId(),
      workspaceId: owner.session.workspaceId,
      shard: 0,
      contactId: awa,
      lane: 2,
      request: { template: "hello", purpose: "service", values: {}, links: {}, sendingHours: null },
      notBefore: new Date(),
      createdAt: new Date(),
    });
    expect(await settings().previewList({ text })).toEqual({
      kind: "phone",
      added: 2,
      known: 0,
      repeated: 1,
      people: 1,
      waiting: 1,
      problems: [{ row: 4, value: "0612345678", problem: "no-country" }],
      problemCount: 1,
    });
    expect(await settings().suppressions()).toEqual({ entries: 0, newest: [] });
  });

  test("is imported once, however often", async () => {
    expect(await settings().importList({ text, note: "Court orders" })).toMatchObject({ added: 2, known: 0 });
    expect(await settings().importList({ text, note: "Court orders again" })).toMatchObject({ added: 0, known: 2 });
    const { entries, newest } = await settings().suppressions();
    expect(entries).toBe(2);
    expect(newest).toMatchObject([{ note: "Court orders" }, { note: "Court orders" }]);
    expect(JSON.stringify(await auditOf())).not.toContain("612345678");
  });

  test("gives an entry back, and the gate stops looking at an empty one", async () => {
    await settings().importList({ text: "id\nC-1", note: "test" });
    const flag = async () =>
      (
        await database.db
          .select({ suppressions: tables.workspace.suppressions })
          .from(tables.workspace)
          .where(eq(tables.workspace.id, owner.session.workspaceId))
      )[0]?.suppressions;
    expect(await flag()).toBe(1);
    await settings().removeListed({ kind: "customer", value: "C-1" });
    expect(await flag()).toBe(0);
    await expect(settings().removeListed({ kind: "customer", value: "C-1" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("with no row that can be used is refused", async () => {
    await expect(settings().importList({ text: "hello", note: "test" })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
  });
});
