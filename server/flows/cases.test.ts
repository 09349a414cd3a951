import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as tables from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { type FlowCase, outcomesOf, playCase } from "#flow/flow-case.ts";
import { starters } from "#flow/starters/index.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { findPolicy } from "../settings/read-policy.ts";
import { assertCasesPass } from "./assert-cases-pass.ts";
import { createFlow } from "./create-flow.ts";
import { deleteCase } from "./delete-case.ts";
import { duplicateFlow } from "./duplicate-flow.ts";
import { exportFlow } from "./export-flow.ts";
import { findFlow } from "./find-flow.ts";
import { importFlow } from "./import-flow.ts";
import { listCases } from "./list-cases.ts";
import { readCatalog } from "./read-catalog.ts";
import { saveCase } from "./save-case.ts";

let database: TestDatabase;
let actor: Actor;
let flowId: string;
let kept: FlowCase;
beforeAll(async () => {
  database = await createTestDatabase();
  actor = await testActor(database.db);
  ({ flowId } = await createFlow(actor, { name: "Reminder", starterId: "kyc-reminder" }));
  kept = await madeCase();
});
afterAll(() => database.drop());

async function madeCase(): Promise<FlowCase> {
  const starter = starters.find(({ id }) => id === "kyc-reminder");
  if (!starter) throw new Error("The KYC starter is gone.");
  const { draft } = await findFlow(database.db, actor.session.workspaceId, flowId);
  const facts = { id: "c1", firstName: "Alex", locale: "en", timezone: null, attributes: {}, tags: [] };
  const start = {
    person: { name: "Alex", facts },
    hasConsent: true,
    event: starter.sampleEvent.name,
    properties: starter.sampleEvent.properties,
    at: Date.UTC(2026, 10, 23, 10),
    language: "en",
  };
  const catalog = await readCatalog(database.db, actor.session.workspaceId);
  const { policy, timezone } = await findPolicy(database.db, actor.session.workspaceId);
  const played = playCase({ start, actions: [] }, { graph: draft, catalog, workspaceTimezone: timezone, policy });
  const { path, messages } = outcomesOf(played);
  return { name: "Gets the first reminder", start, actions: [], expected: { path, messages } };
}

const assertPass = async () => {
  const stored = await findFlow(database.db, actor.session.workspaceId, flowId);
  return database.db.transaction((tx) => assertCasesPass(tx, stored));
};

test("a case is kept with its flow, audited, and travels by export, import and duplicate", async () => {
  const { caseId } = await saveCase(actor, { flowId, case: kept });
  expect(await listCases(actor, { flowId })).toMatchObject([{ id: caseId, name: kept.name, expected: kept.expected }]);
  await expect(assertPass()).resolves.toBeUndefined();
  const exported = await exportFlow(actor, { flowId });
  expect(exported.cases).toEqual([kept]);
  const imported = await importFlow(actor, JSON.parse(JSON.stringify(exported)));
  const copied = await duplicateFlow(actor, { flowId, name: "Copy" });
  for (const id of [imported.flowId, copied.flowId])
    expect((await listCases(actor, { flowId: id })).map(({ name }) => name)).toEqual([kept.name]);
  const acts = await database.db.select().from(tables.audit).where(eq(tables.audit.subjectId, flowId));
  expect(acts.map(({ action }) => action)).toContain("save-case");
});

test("a case that comes out otherwise refuses publishing, with what was expected and what came out", async () => {
  const wrong = { ...kept, name: "Wrong", expected: { messages: ["another_template"] } };
  const { caseId } = await saveCase(actor, { flowId, case: wrong });
  await expect(assertPass()).rejects.toMatchObject({
    code: "refused",
    detail: {
      rule: "cases-fail",
      cases: [
        {
          id: caseId,
          name: "Wrong",
          differences: [{ outcome: "messages", expected: ["another_template"], actual: kept.expected.messages }],
        },
      ],
    },
  });
  await saveCase(actor, { flowId, caseId, case: { ...wrong, expected: kept.expected } });
  await expect(assertPass()).resolves.toBeUndefined();
  await deleteCase(actor, { flowId, caseId });
  await expect(deleteCase(actor, { flowId, caseId })).rejects.toMatchObject({ code: "not-found" });
});

test("another workspace sees and changes none of them", async () => {
  const stranger = await testActor(database.db);
  await expect(listCases(stranger, { flowId })).rejects.toMatchObject({ code: "not-found" });
  await expect(saveCase(stranger, { flowId, case: kept })).rejects.toMatchObject({ code: "not-found" });
  const [own] = await listCases(actor, { flowId });
  await expect(deleteCase(stranger, { flowId, caseId: own?.id ?? "" })).rejects.toMatchObject({ code: "not-found" });
});
