import { eq } from "drizzle-orm";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as tables from "#db/schema/index.ts";
import { inTransaction } from "../query.ts";
import { TestRig } from "../test-rig.ts";
import { settle } from "./settle.ts";
import type { Settlement } from "./settlement.ts";
import { DispatchScene, patience } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
  await scene.sends("reminder", { purpose: "service" });
});
afterEach(() => rig.close());

const counterOf = "select 1 from cap_counter where contact_id = $1";
const retry: Settlement = {
  kind: "retry",
  notBefore: 0,
  reason: "provider-down",
  code: 131_000,
  detail: "",
  pausesChannel: false,
};
const failed: Settlement = { kind: "failed", reason: "undeliverable", code: 131_026, detail: "" };

/** The one who comes first in the order of counters, and the one who comes last. */
async function twoPeople(phones = ["+33612345678", "+33612345679"]): Promise<[string, string]> {
  const [first = "", last = ""] = (await rig.world.addContacts(2)).toSorted();
  for (const [index, id] of [first, last].entries())
    await rig.database.db.update(tables.contact).set({ phone: phones[index] }).where(eq(tables.contact.id, id));
  return [first, last];
}

/** The first one's message has paid on an earlier try and is stopped on this one; the last one's is about to pay. */
async function oneOfEach([first, last]: [string, string]): Promise<void> {
  await scene.queue(first, "reminder");
  const [claimed] = await scene.claim();
  if (!claimed) throw new Error("Nothing was claimed.");
  await settle(rig.database.pool, [scene.settled(claimed, retry)]);
  const [counter] = await rig.database.db.select().from(tables.capCounter);
  if (!counter) throw new Error("Nothing was counted.");
  await rig.database.db.insert(tables.capCounter).values({ ...counter, contactId: last, used: 0 });
  const stopped = { suppressedAt: new Date(), suppressedReason: "opt-out" };
  await rig.database.db.update(tables.contact).set(stopped).where(eq(tables.contact.id, first));
  await scene.queue(last, "reminder");
}

/** Runs `work` until it waits for a row that is held meanwhile, and looks around then. */
async function stoppedAt(
  row: { text: string; values: unknown[] },
  work: () => Promise<unknown>,
  look: () => Promise<void>,
): Promise<void> {
  const running: Promise<unknown>[] = [];
  await inTransaction(rig.database.pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    expect((await client.query(`${row.text} for update`, row.values)).rowCount).toBe(1);
    running.push(work());
    const text = "select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))";
    await vi.waitFor(
      async () => expect((await rig.database.pool.query(text, [rows[0]?.pid])).rows).toHaveLength(1),
      patience,
    );
    await look();
  });
  await Promise.all(running);
}

const isFree = (text: string, values: unknown[]): Promise<boolean> =>
  inTransaction(
    rig.database.pool,
    async (client: pg.ClientBase) => (await client.query(`${text} for update skip locked`, values)).rowCount === 1,
  );

const used = async () =>
  (await rig.database.db.select().from(tables.capCounter).orderBy(tables.capCounter.contactId)).map((row) => row.used);

describe("whoever waits for a counter holds none that comes later in the order", () => {
  test("a claim that raises one cap and gives back another", async () => {
    const [first, last] = await twoPeople();
    await oneOfEach([first, last]);
    await stoppedAt(
      { text: counterOf, values: [first] },
      () => scene.claim(),
      async () => {
        expect(await isFree(counterOf, [last])).toBe(true);
      },
    );
    expect((await scene.messages()).map(({ status }) => status).toSorted()).toEqual(["queued", "skipped"]);
    expect(await used()).toEqual([0, 1]);
  });

  test("a claim that gives back a budget and raises a cap", async () => {
    await rig.database.db.update(tables.workspace).set({ budgetMicros: 1_000_000 });
    // There is no price for the last one's number, so that it raises no budget.
    const [first, last] = await twoPeople(["+14155550123", "+33612345678"]);
    await oneOfEach([first, last]);
    await stoppedAt(
      { text: "select 1 from spending", values: [] },
      () => scene.claim(),
      async () => {
        expect(await isFree(counterOf, [last])).toBe(true);
      },
    );
    expect(await rig.database.db.select().from(tables.spending)).toMatchObject([{ micros: 0 }]);
    expect(await used()).toEqual([0, 1]);
  });

  test("a settlement of what failed and of what was never called", async () => {
    const [first, last] = await twoPeople();
    for (const person of [first, last]) await scene.queue(person, "reminder");
    const claims = await scene.claim();
    const settled = claims.map((each) =>
      scene.settled(each, each.candidate.contactId === first ? failed : { kind: "returned" }),
    );
    await stoppedAt(
      { text: counterOf, values: [first] },
      () => settle(rig.database.pool, settled),
      async () => {
        expect(await isFree(counterOf, [last])).toBe(true);
      },
    );
    expect(await used()).toEqual([0, 0]);
  });
});

test("what a refusal says of its person is written with the refusal, not after it", async () => {
  const [first] = await twoPeople();
  await scene.queue(first, "reminder");
  const [claimed] = await scene.claim();
  if (!claimed) throw new Error("Nothing was claimed.");
  const withdrawn = scene.settled(claimed, { ...failed, reason: "consent-withdrawn", code: 131_050 });
  const contact = { text: "select 1 from contact where id = $1", values: [first] };
  await stoppedAt(
    contact,
    () => settle(rig.database.pool, [withdrawn]),
    async () => {
      expect(await scene.messages()).toMatchObject([{ status: "queued" }]);
    },
  );
  expect(await scene.messages()).toMatchObject([{ status: "failed", reason: "consent-withdrawn" }]);
  expect(await rig.database.db.select().from(tables.consent)).toMatchObject([
    { contactId: first, purpose: "marketing", state: "withdrawn", proof: { code: "131050" } },
  ]);
});
