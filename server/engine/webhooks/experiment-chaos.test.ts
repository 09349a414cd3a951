import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { readFunnel, readTroubles } from "#server/experiments/moments/read-funnel.ts";
import { readMoments } from "#server/experiments/moments/read-moments.ts";
import { newId } from "#server/id.ts";
import { HookRig, statusValue, testMoment } from "./test-hook-rig.ts";

let rig: HookRig;
beforeAll(async () => {
  rig = await HookRig.open();
});
afterAll(() => rig.close());

/** What the provider tells of each message, in the order in which it happened. */
const fates = [["sent", "delivered", "read"], ["sent", "delivered"], ["sent", "failed"], ["sent"]] as const;
const people = 12;

const told = Array.from({ length: people }, (_, nth) =>
  (fates[nth % fates.length] ?? []).map((status, second) => ({ nth, status, second: second + nth })),
).flat();
const inOrder = told.map((_, at) => at);

/** The same people and messages in a workspace of their own; the calls come in this order, some of them twice. */
async function countAfter(order: readonly number[]): Promise<string> {
  const { db } = rig.database;
  const world = await rig.world();
  const { workspaceId } = world;
  const [experimentId, flowId] = [newId(), newId()];
  const at = new Date(testMoment.getTime() - 60_000);
  const wamids: string[] = [];
  for (const [nth, contactId] of (await world.addContacts(people)).entries()) {
    await db.insert(tables.assignment).values({
      ...{ experimentId, contactId, workspaceId, arm: nth % 2 === 0 ? "a" : "b", at },
      ...{ enrollmentId: newId(), versionId: newId() },
    });
    const wamid = `wamid.${newId()}`;
    wamids.push(wamid);
    await rig.addMessages(world, contactId, [{ flowId, wamid, status: "sent", sentAt: at, createdAt: at }]);
  }
  const host = rig.host();
  for (const index of order) {
    const one = told[index];
    if (one) await rig.store(world, statusValue(one.status, { wamid: wamids[one.nth] ?? "", second: one.second }));
    // Now and then what has come so far is applied, so that the order tells.
    if (index % 5 === 0) await host.apply();
  }
  for (let calls = 1; calls > 0; ) ({ calls } = await host.apply());
  const cohort = { experimentId, flowId, workspaceId, since: at, until: testMoment, timezone: "UTC" };
  const rates = (["delivered", "read", "failed"] as const).map((source) =>
    readMoments(db, cohort, { source, kind: "rate", windowHours: 72 }),
  );
  const funnel = await readFunnel(db, cohort, { source: "conversion", windowHours: 72 });
  return JSON.stringify({
    rates: await Promise.all(rates),
    funnel: funnel.toSorted((x, y) => (x.arm < y.arm ? -1 : 1)),
    troubles: (await readTroubles(db, cohort, 72)).toSorted((x, y) => (x.arm < y.arm ? -1 : 1)),
  });
}

test("S15: an experiment reads the same, byte by byte, however its calls are shuffled, doubled and late", {
  timeout: 120_000,
}, async () => {
  const expected = await countAfter(inOrder);
  expect(expected).toContain('"sum":3');
  const orders = fc
    .tuple(fc.shuffledSubarray(inOrder, { minLength: inOrder.length }), fc.subarray(inOrder))
    .chain(([once, again]) => fc.shuffledSubarray([...once, ...again], { minLength: once.length + again.length }));
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      expect(await countAfter(order)).toBe(expected);
    }),
    { numRuns: 40 },
  );
});
