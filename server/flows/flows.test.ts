import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { audit, enrollment, flow, flowVersion, templateLanguage } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { newId } from "#server/id.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { flowStatusVerb } from "./change-flow-status.ts";
import { createFlow } from "./create-flow.ts";
import { duplicateFlow } from "./duplicate-flow.ts";
import { exportFlow } from "./export-flow.ts";
import { getFlow } from "./get-flow.ts";
import { importFlow } from "./import-flow.ts";
import { listEventNames } from "./list-event-names.ts";
import { listFlows } from "./list-flows.ts";
import { listVersions } from "./list-versions.ts";
import { type PublishFlow, publishFlow } from "./publish-flow.ts";
import { readCatalog } from "./read-catalog.ts";
import { renameFlow } from "./rename-flow.ts";
import { saveDraft } from "./save-draft.ts";

let database: TestDatabase;
let actor: Actor;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  actor = await testActor(database.db);
});

const approveAll = (by: Actor) =>
  database.db
    .update(templateLanguage)
    .set({ status: "approved" })
    .where(eq(templateLanguage.workspaceId, by.session.workspaceId));

/** The KYC starter in a workspace that may send its templates. */
async function kycFlow(): Promise<string> {
  const { flowId } = await createFlow(actor, { name: "KYC reminder", starterId: kycReminder.id });
  await approveAll(actor);
  return flowId;
}

/** Publishes as a pipeline does that its workspace trusts: who else may is told in server/approvals/approvals.test.ts. */
const publish = (by: Actor, input: z.infer<typeof PublishFlow>) => publishFlow(by, input, { keyId: newId() });

const actionsOf = async (subjectId: string) => {
  const rows = await database.db.select().from(audit).where(eq(audit.subjectId, subjectId)).orderBy(audit.sequence);
  return rows.map((row) => row.action);
};

const rulesOf = async (attempt: Promise<unknown>) => {
  const refusal = await attempt.then(
    () => ({ code: "published", detail: {} }),
    (error) => error,
  );
  return {
    code: refusal.code,
    rules: (refusal.detail.problems ?? []).map((problem: { rule: string }) => problem.rule),
  };
};

async function insertPeople(flowId: string, people: { inside: number; reached?: number }): Promise<void> {
  const enteredAt = new Date(actor.clock.now().getTime() - 3 * 86_400_000);
  const row = (isInside: boolean, goalAt: Date | null) => ({
    id: newId(),
    workspaceId: actor.session.workspaceId,
    shard: 1,
    flowId,
    versionId: newId(),
    contactId: newId(),
    key: "",
    eventId: newId(),
    status: isInside ? ("waiting" as const) : ("ended" as const),
    state: {} as never,
    enteredAt,
    goalAt,
  });
  const rows = [
    ...Array.from({ length: people.inside }, () => row(true, null)),
    ...Array.from({ length: people.reached ?? 0 }, () => row(false, enteredAt)),
  ];
  await database.db.insert(enrollment).values(rows);
}

describe("creating a flow", () => {
  test("a blank one opens with an empty graph and the person's name", async () => {
    const { flowId } = await createFlow(actor, { name: "From blank" });
    const opened = await getFlow(actor, { flowId });
    expect(opened).toMatchObject({
      name: "From blank",
      status: "draft",
      revision: 1,
      version: null,
      updatedBy: "Awa Diop",
    });
    expect(opened.draft).toEqual(emptyGraph());
    expect(await actionsOf(flowId)).toEqual(["create-flow"]);
  });

  test("a starter brings its templates as drafts, and a second one keeps those that are there", async () => {
    const first = await createFlow(actor, { name: "KYC", starterId: kycReminder.id });
    expect(first.newTemplates).toEqual(kycReminder.templates.map((template) => template.name));
    const { templates } = await readCatalog(actor.db, actor.session.workspaceId);
    expect(templates.flatMap((one) => one.languages.map((language) => language.status))).toEqual(
      Array.from({ length: 4 }, () => "draft"),
    );
    expect((await createFlow(actor, { name: "KYC, again", starterId: kycReminder.id })).newTemplates).toEqual([]);
  });

  test("a starter speaks the language of the maker who takes it", async () => {
    const french = { ...actor, session: { ...actor.session, language: "fr" as const } };
    const { flowId } = await createFlow(french, { name: "Relance KYC", starterId: kycReminder.id });
    const { draft } = await getFlow(actor, { flowId });
    expect(draft.nodes.flatMap(({ title }) => title ?? [])).toContain("Première relance");
  });

  test("an unknown starter makes nothing", async () => {
    await expect(createFlow(actor, { name: "x", starterId: "nope" })).rejects.toMatchObject({ code: "not-found" });
    expect((await listFlows(actor, { search: "", status: "all", sort: "changed" })).total).toBe(0);
  });

  test("an imported graph may be incomplete and says what is missing", async () => {
    const { flowId, problems } = await importFlow(actor, { name: "Brought", graph: emptyGraph() });
    expect(problems.map((problem) => problem.rule)).toContain("no-trigger");
    expect(await exportFlow(actor, { flowId })).toEqual({ name: "Brought", graph: emptyGraph() });
  });

  test("a duplicate has the draft and nothing of the past", async () => {
    const flowId = await kycFlow();
    await publish(actor, { flowId });
    const copy = await duplicateFlow(actor, { flowId, name: "KYC, copy" });
    expect(await getFlow(actor, copy)).toMatchObject({ status: "draft", version: null, draft: kycReminder.graph });
  });
});

describe("saving a draft", () => {
  test("raises the revision and answers the findings, never the graph", async () => {
    const { flowId } = await createFlow(actor, { name: "KYC" });
    const answer = await saveDraft(actor, { flowId, revision: 1, graph: emptyGraph(), name: "KYC, new" });
    expect(answer.revision).toBe(2);
    expect(Object.keys(answer).sort()).toEqual(["problems", "revision"]);
    expect(await getFlow(actor, { flowId })).toMatchObject({ name: "KYC, new", revision: 2 });
  });

  test("an older revision is a conflict that shows what is stored and who did it; nothing is overwritten", async () => {
    const { flowId } = await createFlow(actor, { name: "KYC" });
    const colleague = await joinWorkspace(actor.db, actor.session.workspaceId, { name: "Kofi Mensah" });
    await saveDraft(colleague, { flowId, revision: 1, graph: kycReminder.graph });
    await expect(saveDraft(actor, { flowId, revision: 1, graph: emptyGraph() })).rejects.toMatchObject({
      code: "conflict",
      detail: { revision: 2, graph: kycReminder.graph, updatedBy: "Kofi Mensah" },
    });
    expect((await getFlow(actor, { flowId })).draft).toEqual(kycReminder.graph);
  });

  test("of two saves at the same moment exactly one wins", async () => {
    const { flowId } = await createFlow(actor, { name: "KYC" });
    const saves = await Promise.allSettled(
      Array.from({ length: 4 }, () => saveDraft(actor, { flowId, revision: 1, graph: emptyGraph() })),
    );
    expect(saves.filter((save) => save.status === "fulfilled")).toHaveLength(1);
    expect((await getFlow(actor, { flowId })).revision).toBe(2);
  });
});

describe("publishing a flow", () => {
  test("makes an immutable version, starts the flow and leaves an audit row", async () => {
    const flowId = await kycFlow();
    expect(await publish(actor, { flowId, revision: 1 })).toEqual({ version: 1, status: "active" });
    const [version] = await actor.db.select().from(flowVersion).where(eq(flowVersion.flowId, flowId));
    expect(version).toMatchObject({ number: 1, triggerEvent: "kyc.incomplete", graph: kycReminder.graph });
    expect(version?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await getFlow(actor, { flowId })).toMatchObject({
      status: "active",
      version: { id: version?.id, number: 1 },
    });
    expect(await actionsOf(flowId)).toEqual(["create-flow", "publish-flow"]);
  });

  test("the same draft twice is one version; a changed draft is the next", async () => {
    const flowId = await kycFlow();
    await publish(actor, { flowId });
    expect(await publish(actor, { flowId })).toEqual({ version: 1, status: "active" });
    const settings = { ...kycReminder.graph.settings, dropAfterMinutes: 60 };
    await saveDraft(actor, { flowId, revision: 1, graph: { ...kycReminder.graph, settings } });
    expect(await publish(actor, { flowId })).toEqual({ version: 2, status: "active" });
    expect((await listVersions(actor, { flowId })).map(({ number, isRunning }) => [number, isRunning])).toEqual([
      [2, true],
      [1, false],
    ]);
  });

  test("workers hear of it when it is committed", async () => {
    const flowId = await kycFlow();
    const listener = await database.pool.connect();
    const heard = new Promise((resolve) =>
      listener.once("notification", (note) => resolve([note.channel, note.payload])),
    );
    await listener.query("listen chasqui_flows");
    await publish(actor, { flowId });
    expect(await heard).toEqual(["chasqui_flows", flowId]);
    listener.release(true);
  });

  test("a draft that changed since one looked is a conflict", async () => {
    const flowId = await kycFlow();
    await saveDraft(actor, { flowId, revision: 1, graph: kycReminder.graph });
    await expect(publish(actor, { flowId, revision: 1 })).rejects.toMatchObject({
      code: "conflict",
      detail: { revision: 2 },
    });
  });

  const trigger = kycReminder.graph.nodes.find((node) => node.type.startsWith("trigger"));
  const sends = kycReminder.graph.nodes.filter((node) => node.type === "send");
  const send = sends[0];
  const edge = (from?: { id: string }, to?: { id: string }) => ({
    id: `${from?.id} ${to?.id}`,
    source: from?.id ?? "",
    sourceHandle: "next",
    target: to?.id ?? "",
  });
  const first = kycReminder.graph.edges.find((edge) => edge.source === trigger?.id);
  const withNodes = (edit: (node: Graph["nodes"][number]) => Graph["nodes"][number]): Graph => ({
    ...kycReminder.graph,
    nodes: kycReminder.graph.nodes.map(edit),
  });
  const splitOf = (weights: number[]): Graph["nodes"][number] => ({
    id: "split-1",
    type: "split",
    position: { x: 0, y: 0 },
    data: {
      experimentId: "e",
      arms: weights.map((weight, index) => ({ id: `arm-${index}`, name: `${index}`, weight })),
    },
  });

  test.each<[string, Graph, string]>([
    ["no trigger", emptyGraph(), "no-trigger"],
    [
      "an unknown template",
      withNodes((node) =>
        node.id === send?.id ? { ...node, data: { ...node.data, template: "nobody_has_this" } } : node,
      ),
      "unknown-template",
    ],
    [
      "a missing variable",
      withNodes((node) => (node.id === send?.id ? { ...node, data: { ...node.data, values: {} } } : node)),
      "missing-variable",
    ],
    [
      "a cycle without a wait",
      {
        ...kycReminder.graph,
        nodes: [trigger, ...sends].filter((node) => node !== undefined),
        edges: [edge(trigger, sends[0]), edge(sends[0], sends[1]), edge(sends[1], sends[0])],
      },
      "cycle-without-wait",
    ],
    [
      "two edges on one handle",
      {
        ...kycReminder.graph,
        edges: [
          ...kycReminder.graph.edges,
          { ...first, id: "twice", target: kycReminder.graph.nodes.at(-1)?.id ?? "" } as Graph["edges"][number],
        ],
      },
      "two-edges-on-one-handle",
    ],
    [
      "weights that do not add up",
      { ...kycReminder.graph, nodes: [...kycReminder.graph.nodes, splitOf([50, 40])] },
      "weights-add-up",
    ],
  ])("is refused with a named problem: %s", async (_, graph, rule) => {
    const flowId = await kycFlow();
    await saveDraft(actor, { flowId, revision: 1, graph });
    const refusal = await rulesOf(publish(actor, { flowId }));
    expect(refusal.code).toBe("refused");
    expect(refusal.rules).toContain(rule);
    expect(await getFlow(actor, { flowId })).toMatchObject({ status: "draft", version: null });
    expect(await actionsOf(flowId)).not.toContain("publish-flow");
  });

  test("is refused while its templates are not approved", async () => {
    const { flowId } = await createFlow(actor, { name: "KYC", starterId: kycReminder.id });
    expect(await rulesOf(publish(actor, { flowId }))).toMatchObject({
      code: "refused",
      rules: expect.arrayContaining(["template-not-approved"]),
    });
  });
});

describe("steering a flow", () => {
  test("each act says how many people it touches, is audited once and may be repeated", async () => {
    const flowId = await kycFlow();
    await publish(actor, { flowId });
    await insertPeople(flowId, { inside: 3 });
    const steps = ["pause-flow", "resume-flow", "hold-flow", "release-flow", "archive-flow", "restore-flow"] as const;
    const statuses = [];
    for (const act of steps) {
      statuses.push(await flowStatusVerb(act)(actor, { flowId }));
      await flowStatusVerb(act)(actor, { flowId });
    }
    expect(statuses.map((answer) => answer.status)).toEqual([
      "paused",
      "active",
      "held",
      "active",
      "archived",
      "paused",
    ]);
    expect(statuses.every((answer) => answer.peopleInside === 3)).toBe(true);
    expect((await actionsOf(flowId)).slice(2)).toEqual([...steps]);
  });

  test("a draft cannot be paused, and an archived flow cannot be changed or published", async () => {
    const flowId = await kycFlow();
    await expect(flowStatusVerb("pause-flow")(actor, { flowId })).rejects.toMatchObject({ code: "refused" });
    await flowStatusVerb("archive-flow")(actor, { flowId });
    await expect(saveDraft(actor, { flowId, revision: 1, graph: emptyGraph() })).rejects.toMatchObject({
      code: "refused",
    });
    await expect(publish(actor, { flowId })).rejects.toMatchObject({ code: "refused" });
    expect(await flowStatusVerb("restore-flow")(actor, { flowId })).toMatchObject({ status: "draft" });
  });

  test("a rename does not disturb who is drawing", async () => {
    const { flowId } = await createFlow(actor, { name: "Old" });
    await renameFlow(actor, { flowId, name: "New" });
    expect(await saveDraft(actor, { flowId, revision: 1, graph: emptyGraph() })).toMatchObject({ revision: 2 });
    expect(await getFlow(actor, { flowId })).toMatchObject({ name: "New" });
  });
});

describe("the list of flows", () => {
  test("counts follow the search, the archived stay out of all, and figures belong to their flow", async () => {
    const kyc = await kycFlow();
    await publish(actor, { flowId: kyc });
    await insertPeople(kyc, { inside: 2, reached: 3 });
    const { flowId: old } = await createFlow(actor, { name: "Old 100% flow" });
    await flowStatusVerb("archive-flow")(actor, { flowId: old });
    const all = await listFlows(actor, { search: "", status: "all", sort: "people" });
    expect(all.counts).toMatchObject({ all: 1, active: 1, archived: 1 });
    expect(all.flows).toMatchObject([
      { id: kyc, peopleInside: 2, version: 1, problems: 0, goal: { event: "kyc.completed", entered: 5, reached: 3 } },
    ]);
    const searched = await listFlows(actor, { search: "100%", status: "archived", sort: "name" });
    expect(searched.flows.map((row) => row.id)).toEqual([old]);
    expect(searched.counts).toMatchObject({ all: 0, archived: 1 });
  });

  test("event names are those that flows and starters name", async () => {
    await importFlow(actor, {
      name: "x",
      graph: { ...emptyGraph(), settings: { ...emptyGraph().settings, exitOn: [{ event: "card.closed" }] } },
    });
    const names = await listEventNames(actor);
    expect(names.map((one) => one.name)).toEqual(
      expect.arrayContaining(["card.closed", "kyc.incomplete", "kyc.completed"]),
    );
    expect(names.find((one) => one.name === "kyc.incomplete")?.sample).toEqual(kycReminder.sampleEvent.properties);
    expect(names.find((one) => one.name === "card.closed")?.sample).toBeNull();
  });
});

test("another workspace's flow does not exist, whatever one asks", async () => {
  const flowId = await kycFlow();
  const stranger = await testActor(database.db);
  const graph = emptyGraph();
  const attempts = [
    () => getFlow(stranger, { flowId }),
    () => exportFlow(stranger, { flowId }),
    () => listVersions(stranger, { flowId }),
    () => saveDraft(stranger, { flowId, revision: 1, graph }),
    () => publish(stranger, { flowId }),
    () => renameFlow(stranger, { flowId, name: "Mine" }),
    () => duplicateFlow(stranger, { flowId, name: "Mine" }),
    () => flowStatusVerb("archive-flow")(stranger, { flowId }),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "not-found" });
  expect((await listFlows(stranger, { search: "", status: "all", sort: "changed" })).flows).toEqual([]);
  expect((await readCatalog(stranger.db, stranger.session.workspaceId)).templates).toEqual([]);
  const [row] = await database.db.select().from(flow).where(eq(flow.id, flowId));
  expect(row).toMatchObject({ name: "KYC reminder", revision: 1, status: "draft" });
});
