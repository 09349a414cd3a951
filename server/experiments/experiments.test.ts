import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  assignment,
  audit,
  experiment,
  experimentLog,
  experimentWeights,
  flow,
  flowVersion,
  templateLanguage,
} from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { type ExperimentPlan, usualPlan } from "#flow/experiment-plan.ts";
import type { Graph } from "#flow/graph.ts";
import { settleExperiment } from "#flow/settle-experiment.ts";
import { loanPreApproval } from "#flow/starters/loan-pre-approval.ts";
import { askForFlow } from "#server/approvals/ask-approval.ts";
import { decideApproval } from "#server/approvals/decide-approval.ts";
import { createFlow } from "#server/flows/create-flow.ts";
import { getFlow } from "#server/flows/get-flow.ts";
import { publishFlow } from "#server/flows/publish-flow.ts";
import { rollBack } from "#server/flows/roll-back.ts";
import { saveDraft } from "#server/flows/save-draft.ts";
import { newId } from "#server/id.ts";
import { createLog } from "#server/log.ts";
import { joinWorkspace, testActor } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { consentWinner } from "./consent-winner.ts";
import { exportExperiment } from "./export-experiment.ts";
import { listExperiments } from "./list-experiments.ts";
import { makeMetric } from "./make-metric.ts";
import { planExperiment } from "./plan-experiment.ts";
import { readDue } from "./read-due.ts";
import { readExperiment } from "./read-experiment.ts";
import { shipWinner } from "./ship-winner.ts";
import { stopExperiment } from "./stop-experiment.ts";

const key = "loan-call-to-action";
const plan: ExperimentPlan = {
  ...usualPlan({ metric: "conversion", windowHours: 168 }),
  hypothesis: "Plain words win.",
};

let database: TestDatabase;
let maker: Actor;
let checker: Actor;
let flowId: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  maker = await testActor(database.db, { role: "maker", name: "Awa Diop" });
  checker = await joinWorkspace(database.db, maker.session.workspaceId, { role: "checker", name: "Valentina Ríos" });
  ({ flowId } = await createFlow(maker, { name: "Loan", starterId: loanPreApproval.id }));
  await database.db
    .update(templateLanguage)
    .set({ status: "approved" })
    .where(eq(templateLanguage.workspaceId, maker.session.workspaceId));
});

const at = (moment: string, actor: Actor = maker): Actor => ({ ...actor, clock: { now: () => new Date(moment) } });

async function goLive(moment = "2026-10-01T09:00:00Z"): Promise<string> {
  const { revision } = await getFlow(maker, { flowId });
  const { approvalId } = await askForFlow(at(moment), { flowId, revision, why: "To learn." });
  await decideApproval(at(moment, checker), { approvalId, verdict: "approve" });
  return rowOf().then(({ id }) => id);
}

async function rowOf() {
  const [row] = await database.db.select().from(experiment).where(eq(experiment.flowId, flowId));
  if (!row) throw new Error("There is no experiment.");
  return row;
}

/** Changes the split in the draft. */
async function redraw(change: (arms: { id: string; weight: number }[]) => object[]): Promise<void> {
  const { draft, revision } = await getFlow(maker, { flowId });
  const nodes = draft.nodes.map((node) =>
    node.type === "split"
      ? { ...node, data: { ...node.data, arms: change(node.data.arms as { id: string; weight: number }[]) } }
      : node,
  );
  await saveDraft(maker, { flowId, revision, graph: { ...draft, nodes } });
}

/** So many people in each arm, of whom so many reached the goal a day later. */
async function fill(experimentId: string, arms: Record<string, [people: number, converted: number]>, moment: string) {
  const { workspaceId } = maker.session;
  const [version] = await database.db.select().from(flowVersion).where(eq(flowVersion.flowId, flowId));
  const from = new Date(moment).getTime();
  for (const [arm, [people, converted]] of Object.entries(arms)) {
    const ids = Array.from({ length: people }, newId);
    await database.db.insert(assignment).values(
      ids.map((contactId) => ({
        ...{ experimentId, contactId, workspaceId, arm, at: new Date(from) },
        ...{ enrollmentId: newId(), versionId: version?.id ?? "" },
      })),
    );
    const won = JSON.stringify(ids.slice(0, converted));
    await database.pool.query(
      `insert into enrollment (id, workspace_id, shard, flow_id, version_id, contact_id, key, event_id, status, state, entered_at, goal_at)
       select gen_random_uuid(), $1, 0, $2, $3, id::uuid, '', gen_random_uuid(), 'ended', '{}', $4::timestamptz, $4::timestamptz + interval '1 day'
       from json_array_elements_text($5::json) as id`,
      [workspaceId, flowId, version?.id, moment, won],
    );
  }
}

const audited = async (id: string) => {
  const rows = await database.db.select().from(audit).where(eq(audit.subjectId, id)).orderBy(desc(audit.sequence));
  return rows.map(({ action }) => action);
};
const logged = async (id: string) => {
  const rows = await database.db.select().from(experimentLog).where(eq(experimentLog.experimentId, id));
  return rows.map(({ kind }) => kind);
};
/** All readings that are due at a time, also those of other tests. */
async function readAll(moment: string): Promise<void> {
  const worker = { clock: { now: () => new Date(moment) }, log: createLog("worker") };
  while (await readDue(database.db, worker));
}

describe("how an experiment begins", () => {
  test("what was planned starts with the first publish, and is fixed from then on", async () => {
    const { experimentId } = await planExperiment(maker, { flowId, key, plan });
    expect((await rowOf()).state).toBe("draft");
    expect(await goLive()).toBe(experimentId);
    expect(await rowOf()).toMatchObject({ state: "running", plan, arms: [{ id: "apply" }, { id: "get" }] });
    expect(await logged(experimentId)).toEqual(["planned", "started"]);
    expect(await audited(experimentId)).toEqual(["plan-experiment"]);
    await expect(planExperiment(maker, { flowId, key, plan })).rejects.toMatchObject({ code: "refused" });
  });

  test("a key that may publish starts it as well", async () => {
    const key = { ...maker, session: { ...maker.session, userId: "api" } };
    await publishFlow(key, { flowId }, { keyId: newId() });
    const { id: experimentId } = await rowOf();
    expect(await readExperiment(maker, { experimentId })).toMatchObject({ startedBy: "api", log: [{ actor: "api" }] });
  });

  test("a split that nobody planned is measured by the flow's goal", async () => {
    await goLive();
    expect(await rowOf()).toMatchObject({ state: "running", plan: { primary: { metric: "conversion" } } });
  });

  test("a plan whose split has another name by now is dropped with the next one", async () => {
    await planExperiment(maker, { flowId, key, plan });
    const { draft, revision } = await getFlow(maker, { flowId });
    const nodes = draft.nodes.map((node) =>
      node.type === "split" ? { ...node, data: { ...node.data, experimentId: "second-try" } } : node,
    );
    await saveDraft(maker, { flowId, revision, graph: { ...draft, nodes } });
    await planExperiment(maker, { flowId, key: "second-try", plan });
    expect(await rowOf()).toMatchObject({ key: "second-try", state: "draft" });
  });

  test("opt-outs are watched even by a plan that left them out", async () => {
    await planExperiment(maker, { flowId, key, plan: { ...plan, guardrails: [] } });
    expect((await rowOf()).plan.guardrails).toMatchObject([{ metric: "opt-out" }]);
  });

  test.each<[string, string, Partial<ExperimentPlan>]>([
    ["a split that is not there", "other", {}],
    ["a metric that is none", key, { primary: { metric: "happiness", windowHours: 24 } }],
    ["a metric of somebody else", key, { primary: { metric: `custom:${newId()}`, windowHours: 24 } }],
    ["one metric twice", key, { secondary: [{ metric: "conversion", windowHours: 24 }] }],
    ["a bandit on a cost", key, { method: "bandit", primary: { metric: "cost", windowHours: 24 } }],
  ])("is refused: %s", async (_, name, change) => {
    const planned = planExperiment(maker, { flowId, key: name, plan: { ...plan, ...change } });
    await expect(planned).rejects.toMatchObject({ code: "refused" });
  });

  test("a metric of the workspace's own can be the primary one", async () => {
    const wish = {
      name: "Paid back",
      event: "loan.repaid",
      rule: { all: [] },
      measure: "sum" as const,
      windowHours: 72,
    };
    const { metric } = await makeMetric(maker, { ...wish, path: "event.amount", isLowerBetter: false });
    await planExperiment(maker, { flowId, key, plan: { ...plan, primary: { metric, windowHours: 72 } } });
    expect((await rowOf()).plan.primary.metric).toBe(metric);
  });
});

describe("while it runs", () => {
  test("other weights go live and are told; other arms are refused", async () => {
    const experimentId = await goLive();
    await redraw((arms) => arms.map((arm, nth) => ({ ...arm, weight: nth === 0 ? 20 : 80 })));
    await goLive();
    expect(await logged(experimentId)).toEqual(["started", "published"]);
    expect(await database.db.select().from(experimentWeights)).toHaveLength(2 + (await othersWeights(experimentId)));
    await redraw((arms) => [...arms.map((arm) => ({ ...arm, weight: 20 })), { id: "new", name: "New", weight: 60 }]);
    await expect(goLive()).rejects.toMatchObject({ code: "refused", detail: { rule: "arms-differ" } });
  });

  const othersWeights = async (experimentId: string) =>
    (await database.db.select().from(experimentWeights)).filter((row) => row.experimentId !== experimentId).length;

  test("its page counts from the rows, and stays another workspace's secret", async () => {
    const experimentId = await goLive();
    await fill(experimentId, { apply: [1_000, 60], get: [1_000, 110] }, "2026-10-05T12:00:00Z");
    const early = await readExperiment(at("2026-10-11T12:00:00Z"), { experimentId });
    expect(early.result?.verdict).toEqual({ state: "not-enough", missing: "people" });
    const read = await readExperiment(at("2026-11-01T12:00:00Z"), { experimentId });
    expect(read.result?.verdict).toEqual({ state: "ship", arm: 1 });
    expect(read.result?.metrics[0]?.arms).toMatchObject([
      { arm: "apply", n: 1_000, sum: 60 },
      { arm: "get", n: 1_000, sum: 110 },
    ]);
    expect(read.result?.course.decided).toMatchObject({ arm: "get", isBetter: true });
    expect(read.result?.funnel.find(({ arm }) => arm === "get")).toMatchObject({ assigned: 1_000, reached: 110 });
    const stranger = await testActor(database.db);
    await expect(readExperiment(stranger, { experimentId })).rejects.toMatchObject({ code: "not-found" });
    expect(await listExperiments(stranger)).toEqual([]);
  });

  test("shares that chance does not give withhold every verdict", async () => {
    const experimentId = await goLive();
    await fill(experimentId, { apply: [1_000, 60], get: [1_300, 200] }, "2026-10-05T12:00:00Z");
    const { result } = await readExperiment(at("2026-11-01T12:00:00Z"), { experimentId });
    expect(result?.verdict).toEqual({ state: "unhealthy", reasons: ["sample-ratio"] });
    expect(result?.shares).toMatchObject({ status: "mismatch", arms: [{ seen: 1_000 }, { seen: 1_300 }] });
  });

  test("the export names the method of each number", async () => {
    const experimentId = await goLive();
    await fill(experimentId, { apply: [1_000, 60], get: [1_000, 110] }, "2026-10-05T12:00:00Z");
    const { text } = await exportExperiment(at("2026-11-01T12:00:00Z"), { experimentId, format: "csv" });
    const [head = "", first = ""] = text.split("\n");
    expect(head).toContain("method,alpha,correction");
    expect(first).toContain("conversion,primary,168,higher,sequential,0.05,holm");
    expect(await audited(experimentId)).toEqual(["export-experiment"]);
  });

  test("it can be stopped without a winner, once", async () => {
    const experimentId = await goLive();
    await stopExperiment(maker, { experimentId, why: "The offer has ended." });
    expect(await rowOf()).toMatchObject({ state: "stopped", winner: null });
    await expect(stopExperiment(maker, { experimentId, why: "" })).rejects.toMatchObject({ code: "refused" });
    expect(await logged(experimentId)).toEqual(["started", "stopped"]);
  });
});

describe("a winner", () => {
  test("becomes a draft without the split, and decides the experiment when that goes live", async () => {
    const experimentId = await goLive();
    await shipWinner(maker, { experimentId, arm: "get" });
    const { draft } = await getFlow(maker, { flowId });
    expect(draft.nodes.some(({ type }) => type === "split")).toBe(false);
    expect(await rowOf()).toMatchObject({ state: "running", winner: "get" });
    await goLive("2026-11-20T09:00:00Z");
    expect(await rowOf()).toMatchObject({ state: "decided", winner: "get" });
    await expect(shipWinner(maker, { experimentId, arm: "apply" })).rejects.toMatchObject({ code: "refused" });
  });

  test("is agreed to beforehand by somebody who does not work on the flow, and goes live by itself then", async () => {
    const experimentId = await goLive();
    await fill(experimentId, { apply: [1_000, 60], get: [1_000, 110] }, "2026-10-05T12:00:00Z");
    const other = await joinWorkspace(database.db, maker.session.workspaceId, { role: "checker" });
    await expect(consentWinner(checker, { experimentId, isGiven: true })).rejects.toMatchObject({ code: "refused" });
    await consentWinner(other, { experimentId, isGiven: true });
    await readAll("2026-11-01T12:00:00Z");
    expect(await rowOf()).toMatchObject({ state: "decided", winner: "get", verdict: { state: "ship", arm: "get" } });
    const [running] = await database.db
      .select({ graph: flowVersion.graph, number: flowVersion.number })
      .from(flow)
      .innerJoin(flowVersion, eq(flowVersion.id, flow.versionId))
      .where(eq(flow.id, flowId));
    expect(running?.number).toBe(2);
    expect(running?.graph.nodes.some(({ type }) => type === "split")).toBe(false);
  });

  test("of a reading is told once, and nothing goes live without consent", async () => {
    const experimentId = await goLive();
    await fill(experimentId, { apply: [1_000, 60], get: [1_000, 110] }, "2026-10-05T12:00:00Z");
    for (const hour of ["12", "14", "16"]) await readAll(`2026-11-01T${hour}:00:00Z`);
    expect(await logged(experimentId)).toEqual(["started", "verdict"]);
    expect(await rowOf()).toMatchObject({ state: "running", verdict: { state: "ship", rates: [0.06, 0.11] } });
  });
});

describe("a version with the split that comes back", () => {
  const agreed = async (experimentId: string) => {
    const other = await joinWorkspace(database.db, maker.session.workspaceId, { role: "checker" });
    await consentWinner(other, { experimentId, isGiven: true });
  };

  test("takes up an experiment that ended with its step, and asks anew for the agreement to a winner", async () => {
    const experimentId = await goLive();
    await agreed(experimentId);
    await shipWinner(maker, { experimentId, arm: "get" });
    await goLive("2026-11-20T09:00:00Z");
    expect(await rowOf()).toMatchObject({ state: "decided" });
    const later = at("2026-11-21T09:00:00Z", checker);
    expect(await readExperiment(later, { experimentId })).toMatchObject({ endedWithStep: true, isDrawn: false });
    await rollBack(later, { flowId, from: 2, plan: null });
    expect(await rowOf()).toMatchObject({ state: "running", endedAt: null, winner: "get", consentBy: null });
    expect(await readExperiment(later, { experimentId })).toMatchObject({ isDrawn: true });
    expect(await logged(experimentId)).toEqual(["started", "consented", "decided", "reopened"]);
  });

  test("leaves alone what somebody stopped, however often it goes live", async () => {
    const experimentId = await goLive();
    await stopExperiment(at("2026-10-02T09:00:00Z"), { experimentId, why: "" });
    const read = await readExperiment(at("2026-10-03T09:00:00Z"), { experimentId });
    expect(read).toMatchObject({ isDrawn: true, endedWithStep: false });
    const { draft } = await getFlow(maker, { flowId });
    const change = async (graph: Graph, moment: string) => {
      const { revision } = await getFlow(maker, { flowId });
      await saveDraft(maker, { flowId, revision, graph });
      await goLive(moment);
    };
    await change(settleExperiment(draft, { key, arm: "apply" }), "2026-10-04T09:00:00Z");
    await change(draft, "2026-10-05T09:00:00Z");
    expect(await rowOf()).toMatchObject({ state: "stopped" });
    expect(await logged(experimentId)).toEqual(["started", "stopped"]);
  });

  test("with other arms is refused: its people were promised theirs", async () => {
    const experimentId = await goLive();
    const { draft } = await getFlow(maker, { flowId });
    await shipWinner(maker, { experimentId, arm: "get" });
    await goLive("2026-11-20T09:00:00Z");
    const { revision } = await getFlow(maker, { flowId });
    await saveDraft(maker, { flowId, revision, graph: draft });
    await redraw((arms) => [...arms.map((arm) => ({ ...arm, weight: 20 })), { id: "new", name: "New", weight: 60 }]);
    await expect(goLive("2026-11-22T09:00:00Z")).rejects.toMatchObject({ detail: { rule: "arms-differ" } });
  });
});

describe("a bandit", () => {
  test("moves its weights once a day, and only when every arm has enough", async () => {
    await planExperiment(maker, { flowId, key, plan: { ...plan, method: "bandit" } });
    const experimentId = await goLive();
    const weights = () =>
      database.db
        .select()
        .from(experimentWeights)
        .where(eq(experimentWeights.experimentId, experimentId))
        .then((rows) => rows.filter(({ source }) => source === "bandit"));
    await fill(experimentId, { apply: [300, 30], get: [300, 60] }, "2026-10-05T12:00:00Z");
    await readAll("2026-10-20T09:00:00Z");
    expect(await weights()).toEqual([]);
    await fill(experimentId, { apply: [300, 30], get: [300, 60] }, "2026-10-06T12:00:00Z");
    for (const hour of ["12", "14", "20"]) await readAll(`2026-10-20T${hour}:00:00Z`);
    const [moved, ...more] = await weights();
    expect(more).toEqual([]);
    expect((moved?.weights.apply ?? 0) + (moved?.weights.get ?? 0)).toBe(100);
    expect(moved?.weights.get).toBeGreaterThan(95);
    expect((await rowOf()).weightsId).toBe(moved?.id);
    expect(await audited(experimentId)).toEqual(["move-weights", "plan-experiment"]);
  });
});
