import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flowVersion } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { FlowSettings, Graph } from "#flow/graph.ts";
import type { Problem } from "#flow/prove/problem.ts";
import { newId } from "#server/id.ts";
import { testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { flowStatusVerb } from "./change-flow-status.ts";
import { importFlow } from "./import-flow.ts";
import { publishFlow } from "./publish-flow.ts";
import { readCatalog } from "./read-catalog.ts";
import { saveDraft } from "./save-draft.ts";

let database: TestDatabase;
let actor: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
  actor = await testActor(database.db);
});
afterAll(() => database.drop());

const at = { x: 0, y: 0 };
/** A flow that others start and that runs these, one after another. */
const graphOf = (runs: readonly string[]): Graph =>
  Graph.parse({
    schemaVersion: 1,
    nodes: [
      { id: "start", type: "trigger-flow", position: at, data: {} },
      ...runs.map((flow, index) => ({ id: `run-${index}`, type: "run-flow", position: at, data: { flow } })),
    ],
    edges: runs.map((_, index) => ({
      id: `e${index}`,
      source: index === 0 ? "start" : `run-${index - 1}`,
      sourceHandle: index === 0 ? "next" : "done",
      target: `run-${index}`,
    })),
    settings: FlowSettings.parse({}),
  });
const made = async (name: string, runs: readonly string[] = []) =>
  (await importFlow(actor, { name, graph: graphOf(runs) })).flowId;
const publish = (flowId: string) => publishFlow(actor, { flowId }, { keyId: newId() });
const saved = async (flowId: string, revision: number, runs: readonly string[]): Promise<Problem[]> =>
  (await saveDraft(actor, { flowId, revision, graph: graphOf(runs) })).problems;
const rulesOf = (problems: readonly Problem[]) =>
  problems.filter(({ severity }) => severity === "error").map(({ rule }) => rule);

test("flows that would run each other round in a circle are refused while drawing and at publish, over any number of them", async () => {
  const first = await made("First");
  await publish(first);
  const second = await made("Second", [first]);
  await publish(second);
  const third = await made("Third", [second, first]);
  await publish(third);
  const [version] = await database.db.select().from(flowVersion).where(eq(flowVersion.flowId, third));
  expect(version?.runs).toEqual([second, first]);
  expect(rulesOf(await saved(first, 1, [third]))).toEqual(["flows-in-circle"]);
  await expect(publish(first)).rejects.toMatchObject({
    code: "refused",
    detail: { problems: expect.arrayContaining([expect.objectContaining({ rule: "flows-in-circle" })]) },
  });
  expect(rulesOf(await saved(first, 2, [first]))).toEqual(["flows-in-circle"]);
  const { flows } = await readCatalog(database.db, actor.session.workspaceId);
  expect(flows?.find(({ id }) => id === third)?.reaches.toSorted()).toEqual([first, second, third].toSorted());
});

test("only flows that are published can be run, and one that is paused is warned about", async () => {
  const draft = await made("Never published");
  const above = await made("Above", [draft]);
  await expect(publish(above)).rejects.toMatchObject({
    detail: { problems: expect.arrayContaining([expect.objectContaining({ rule: "unknown-flow" })]) },
  });
  await publish(draft);
  await publish(above);
  await flowStatusVerb("pause-flow")(actor, { flowId: draft });
  const problems = await saved(above, 1, [draft]);
  expect(problems.find(({ rule }) => rule === "flow-not-running")).toMatchObject({ severity: "warning" });
  await flowStatusVerb("archive-flow")(actor, { flowId: draft });
  expect(rulesOf(await saved(above, 2, [draft]))).toEqual(["unknown-flow"]);
});

test("another workspace's flow is not there to be run", async () => {
  const theirs = await testActor(database.db);
  const { flowId } = await importFlow(theirs, { name: "Theirs", graph: graphOf([]) });
  await publishFlow(theirs, { flowId }, { keyId: newId() });
  const mine = await made("Mine", [flowId]);
  await expect(publish(mine)).rejects.toMatchObject({
    detail: { problems: expect.arrayContaining([expect.objectContaining({ rule: "unknown-flow" })]) },
  });
});
