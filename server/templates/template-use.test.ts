import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enrollment, flow, flowVersion } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { stepsBefore } from "./steps-before.ts";
import { readTemplateUse } from "./template-use.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const { graph } = kycReminder;
const [first, second] = graph.nodes.flatMap((node) =>
  typeof node.data.template === "string" ? [node.data.template] : [],
);

async function aFlow({ session }: Actor, status: "active" | "archived" = "active") {
  const { workspaceId, userId } = session;
  const [flowId, versionId] = [newId(), newId()];
  await database.db.insert(flow).values({
    ...{ id: flowId, workspaceId, name: "KYC reminder", draft: graph, createdBy: userId, updatedBy: userId },
    ...{ status, versionId },
  });
  await database.db.insert(flowVersion).values({
    ...{ id: versionId, workspaceId, flowId, number: 7, graph, hash: "0", triggerEvent: "kyc.incomplete" },
    ...{ publishedBy: userId, publishedAt: new Date(0) },
  });
  return { flowId, versionId };
}

type Place = { flowId: string; versionId: string };

/** So many people who wait at a step. */
async function people({ session }: Actor, place: Place, nodeId: string, count: number): Promise<void> {
  const event = { id: newId(), name: "kyc.incomplete", at: 0, properties: {} };
  const state = {
    ...{ status: "waiting" as const, nodeId, visit: 1, visitsByNode: {}, wait: null, event, key: null, enteredAt: 0 },
    ...{ values: {}, sent: [], endReason: null, endNote: null, goalAt: null },
  };
  await database.db.insert(enrollment).values(
    Array.from({ length: count }, () => ({
      ...{ id: newId(), workspaceId: session.workspaceId, shard: 1, ...place, contactId: newId(), key: "" },
      ...{ eventId: event.id, status: "waiting" as const, nodeId, state, enteredAt: new Date(0) },
    })),
  );
}

test("a template knows its flows and who is still to come to it there", async () => {
  const actor = await testActor(database.db);
  const place = await aFlow(actor);
  const onlySecond = [...stepsBefore(graph, second ?? "")].find((id) => !stepsBefore(graph, first ?? "").has(id));
  await people(actor, place, onlySecond ?? "", 3);
  const [start] = [...stepsBefore(graph, first ?? "")];
  await people(actor, place, start ?? "", 2);
  const use = await readTemplateUse(database.db, actor.session.workspaceId);
  expect(use.get(first ?? "")).toMatchObject([{ name: "KYC reminder", version: 7, waiting: 2 }]);
  expect(use.get(second ?? "")).toMatchObject([{ flowId: place.flowId, waiting: 5 }]);
});

test("who walks an older version is counted by that version, also when the new one sends it no more", async () => {
  const actor = await testActor(database.db);
  const place = await aFlow(actor);
  const [start] = [...stepsBefore(graph, first ?? "")];
  await people(actor, place, start ?? "", 4);
  const empty = { ...graph, nodes: graph.nodes.filter((node) => node.type !== "send"), edges: [] };
  const versionId = newId();
  await database.db.insert(flowVersion).values({
    ...{ id: versionId, workspaceId: actor.session.workspaceId, flowId: place.flowId, number: 8, graph: empty },
    ...{ hash: "1", triggerEvent: "kyc.incomplete", publishedBy: actor.session.userId, publishedAt: new Date(0) },
  });
  await database.db.update(flow).set({ versionId, draft: empty }).where(eq(flow.id, place.flowId));
  const use = await readTemplateUse(database.db, actor.session.workspaceId);
  expect(use.get(first ?? "")).toMatchObject([{ version: 8, waiting: 4 }]);
});

test("archived flows and other workspaces do not count", async () => {
  const [actor, stranger] = [await testActor(database.db), await testActor(database.db)];
  await aFlow(actor, "archived");
  await aFlow(stranger);
  expect((await readTemplateUse(database.db, actor.session.workspaceId)).size).toBe(0);
});
