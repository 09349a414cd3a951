import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { TestRig } from "../test-rig.ts";
import { settle } from "./settle.ts";
import { settlementOf } from "./settlement.ts";
import { DispatchScene } from "./test-scene.ts";

let rig: TestRig;
let scene: DispatchScene;
beforeEach(async () => {
  rig = await TestRig.open();
  scene = new DispatchScene(rig);
});
afterEach(() => rig.close());

const granted = { state: "granted" as const, at: "2026-11-01T00:00:00Z", source: "test" };

async function claimOne(contact: Partial<typeof tables.contact.$inferInsert>) {
  await scene.sends("service", { purpose: "service" });
  const [person = ""] = await rig.world.addContacts(1, {
    consents: { service: granted, marketing: granted },
    ...contact,
  });
  await scene.queue(person, "service");
  const [claimed] = await scene.claim();
  if (!claimed) throw new Error("Nothing was claimed.");
  return { claimed, person };
}

test.each([
  ["+919876543210", { costMicros: 1_400, costCurrency: "USD" }],
  ["+33612345678", { costMicros: null, costCurrency: null }],
])("a message that was taken for %s carries what it is likely to cost", async (phone, expected) => {
  const { claimed } = await claimOne({ phone });
  const { category } = claimed.prepared;
  expect(category).toBe("utility");
  const settled = scene.settled(claimed, { kind: "sent", wamid: "wamid.1", waId: null });
  await settle(rig.database.pool, [{ ...settled, at: new Date("2026-11-22T12:00:00Z"), category }]);
  expect(await scene.messages()).toMatchObject([{ status: "sent", ...expected }]);
});

test.each([
  ["consent", 131050, { suppressedAt: null, consents: { service: granted, marketing: { state: "withdrawn" } } }],
  ["recipient", 131026, { suppressedReason: "undeliverable", consents: { marketing: granted } }],
  ["cap", 131049, { suppressedAt: null, consents: { service: granted, marketing: granted } }],
] as const)(
  "a refusal of the class %s at once is heeded for the next messages",
  async (refusalClass, code, expected) => {
    const { claimed, person } = await claimOne({ phone: "+33612345678" });
    const refused = { outcome: "refused", class: refusalClass, code, detail: "", retryAfterMs: null } as const;
    const result = { ...refused, isUnreachable: code === 131026 };
    const settlement = settlementOf(result, { attempts: 1, now: Date.now() });
    await settle(rig.database.pool, [scene.settled(claimed, settlement)]);
    expect(await scene.messages()).toMatchObject([{ status: "failed", errorCode: code }]);
    const [contact] = await rig.database.db.select().from(tables.contact).where(eq(tables.contact.id, person));
    expect(contact).toMatchObject(expected);
  },
);
