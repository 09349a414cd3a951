import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import {
  accessKey,
  approval,
  backtest,
  channel,
  contact,
  contactImport,
  customMetric,
  enrollment,
  experiment,
  flow,
  flowCase,
  handOff,
  invitation,
  member,
  message,
  optInForm,
  segment,
  template,
  workspace,
} from "#db/schema/index.ts";
import { seedDemo } from "#db/seed/seed-demo.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { usualPlan } from "#flow/experiment-plan.ts";
import type { FlowCase } from "#flow/flow-case.ts";
import { emptyGraph } from "#flow/graph.ts";
import { systemClock } from "./clock.ts";
import { type Env, readEnv } from "./env.ts";
import { newId } from "./id.ts";
import { appRouter } from "./router.ts";
import type { Session } from "./trpc.ts";

const aForm = {
  name: "Form",
  source: "Branch",
  purposes: ["service" as const],
  texts: { en: { title: "Hello", intro: "", wordings: { service: "You may write to me." } } },
  privacyUrl: null,
};

const aCase: FlowCase = {
  name: "Case",
  start: {
    person: {
      name: "Somebody",
      facts: { id: "somebody", firstName: null, locale: null, timezone: null, attributes: {}, tags: [] },
    },
    hasConsent: true,
    event: "kyc.incomplete",
    properties: {},
    at: 0,
    language: "en",
  },
  actions: [],
  expected: { end: "waiting" },
};

const days = { from: "2026-11-01", until: "2027-02-28" };

/** What goes beside the foreign id so that the input is good and only the id is wrong. A filter answers with an empty list. */
const rest: Record<string, object> = {
  "approvals.get": {},
  "approvals.reach": {},
  "approvals.ofFlow": {},
  "approvals.ofTemplate": {},
  "approvals.askForFlow": { revision: 1, why: "Because" },
  "approvals.askForTemplate": { seenAt: new Date(0), why: "Because" },
  "approvals.withdraw": {},
  "approvals.comment": { text: "Hello" },
  "approvals.resolveComment": { commentId: newId(), isResolved: true },
  "approvals.commentsOfFlow": {},
  "approvals.commentsOfTemplate": {},
  "approvals.decide": { verdict: "approve" },
  "audiences.get": {},
  "audiences.save": { revision: 1, name: "Renamed", rule: { all: [] } },
  "audiences.archive": {},
  "audiences.restore": {},
  "audiences.sendTo": {},
  "audiences.pauseBroadcast": { occurrence: "now" },
  "audiences.resumeBroadcast": { occurrence: "now" },
  "audiences.stopBroadcast": { occurrence: "now" },
  "backtests.cancel": {},
  "backtests.ofFlow": {},
  "backtests.paths": {},
  "backtests.start": { days: 7 },
  "channelSetup.check": {},
  "channelSetup.subscribe": {},
  "channelSetup.rename": { name: "Renamed" },
  "channelSetup.setMarketingEndpoint": { endpoint: "strict" },
  "channelSetup.pause": {},
  "channelSetup.resume": {},
  "channelSetup.replaceToken": { token: "x".repeat(40) },
  "channelSetup.sendTest": {},
  "channelSetup.allowTestNumber": {},
  "channelSetup.forbidTestNumber": {},
  "channelSetup.testMessage": {},
  "contacts.erase": {},
  "contacts.get": {},
  "contacts.makeOptInLink": {},
  "contacts.takeOut": {},
  "contacts.setConsent": { purpose: "service", state: "withdrawn", wording: "said so" },
  "dashboard.breakdown": { ...days, by: "country" },
  "dashboard.choices": days,
  "dashboard.course": days,
  "dashboard.export": { ...days, block: "flow" },
  "dashboard.hours": days,
  "dashboard.messages": { ...days, measure: "made" },
  "dashboard.reasons": days,
  "dashboard.setReport": { rhythm: "daily" },
  "dashboard.trend": { ...days, metric: "sent" },
  "experiments.behind": { arm: "a", metric: null, place: "table" },
  "experiments.get": {},
  "experiments.ofFlow": {},
  "experiments.segments": {},
  "experiments.times": {},
  "experiments.size": { smallest: 0.5, baseRate: 0.1, lift: 0.2, alpha: 0.05, power: 0.8, method: "sequential" },
  "experiments.plan": { key: "x", plan: usualPlan({ metric: "conversion", windowHours: 168 }) },
  "experiments.note": { text: "Payday" },
  "experiments.stop": {},
  "experiments.ship": { arm: "a" },
  "experiments.consent": { isGiven: true },
  "experiments.export": { format: "json" },
  "experiments.archiveMetric": {},
  "explain.contact": {},
  "flows.get": {},
  "flows.versions": {},
  "flows.version": { number: 1 },
  "flows.restoreVersion": { number: 1, revision: 1 },
  "flows.export": {},
  "flows.duplicate": { name: "Copy" },
  "flows.rename": { name: "Renamed" },
  "flows.saveDraft": { revision: 1, graph: emptyGraph() },
  "flows.markPresence": {},
  "flows.cases": {},
  "flows.saveCase": { case: aCase },
  "flows.deleteCase": {},
  "flows.publish": {},
  "flows.planPublish": { at: new Date("2030-01-01") },
  "flows.cancelPublish": {},
  "flows.rollBack": { from: 1 },
  "flows.inside": {},
  "flows.pause": {},
  "flows.resume": {},
  "flows.hold": {},
  "flows.release": {},
  "flows.archive": {},
  "flows.restore": {},
  "imports.get": {},
  "imports.rows": {},
  "imports.preview": { mapping: { "0": "phone" }, consent: null },
  "imports.refused": {},
  "imports.start": { mapping: { "0": "phone" }, consent: null },
  "imports.stop": {},
  "imports.fix": { row: 2, column: "phone", value: "1" },
  "handOffs.claim": {},
  "handOffs.resolve": { outcome: "resolved" },
  "live.counts": { versionId: null, days: 7 },
  "live.step": { versionId: null, nodeId: "start" },
  "live.people": { versionId: null, nodeId: "start" },
  "live.way": {},
  "messages.list": {},
  "optInForms.change": { form: aForm },
  "optInForms.setState": { isOpen: false },
  "sandboxPhones.sendEvent": { name: "kyc.incomplete", properties: {} },
  "sandboxPhones.form": { wamid: "wamid.1" },
  "sandboxPhones.tap": { wamid: "wamid.1", buttonIndex: 0 },
  "sandboxPhones.write": { content: { kind: "text", text: "Hello" } },
  "sandboxPhones.tryTemplate": { templateId: undefined, language: "en" },
  "sandboxPhones.submitForm": { wamid: "wamid.1", answers: {} },
  "sandboxPhones.setPhone": { phone: "off" },
  "accessKeys.revoke": {},
  "people.cancelInvitation": {},
  "people.changeRole": { role: "agent" },
  "people.remove": {},
  "people.resetSecondFactor": {},
  "sandboxPhones.setPreference": { value: "stop" },
  "sandboxPhones.setBlock": { isBlocked: true },
  "sandboxPhones.changeNumber": { to: "33612345678" },
  "sandboxPhones.plantFault": { next: "refused" },
  "templates.get": {},
  "templates.duplicate": { name: "copy_of_it" },
  "templates.save": { seenAt: new Date(0), category: "utility", samples: {}, languages: [] },
  "templates.delete": {},
  "templates.submit": {},
  "templates.versions": {},
};

let database: TestDatabase;
let env: Env;
let home: string;
let foreign: Record<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  env = readEnv({ DATABASE_URL: database.url, CHASQUI_SECRET: "ab".repeat(32), CHASQUI_DEMO: "1" });
  await seedDemo(database.db, env, systemClock);
  home = await workspaceId("banco-demo");
  const other = await workspaceId("isolation-bank");
  await database.db
    .insert(optInForm)
    .values({ ...aForm, id: newId(), workspaceId: other, code: "x", createdBy: newId() });
  const theirs = { workspaceId: other, createdBy: newId() };
  await database.db
    .insert(segment)
    .values({ ...theirs, id: newId(), name: "Theirs", rule: { all: [] }, updatedBy: newId() });
  await database.db
    .insert(contactImport)
    .values({ ...theirs, id: newId(), fileName: "theirs.csv", state: "mapping", columns: ["phone"] });
  foreign = { ...(await idsOf(other)), ...(await accessIdsOf(other)) };
  foreign = { ...foreign, ...(await playedIdsOf(theirs, foreign.flowId ?? "")) };
});
afterAll(() => database.drop());

async function workspaceId(slug: string): Promise<string> {
  const [row] = await database.db.select().from(workspace).where(eq(workspace.slug, slug));
  return row?.id ?? "";
}

/** One id of each kind, by the name inputs have for it. */
async function idsOf(owner: string): Promise<Record<string, string>> {
  const tables = {
    ...{ channelId: channel, flowId: flow, contactId: contact },
    ...{
      formId: optInForm,
      segmentId: segment,
      importId: contactImport,
      templateId: template,
      handOffId: handOff,
      messageId: message,
      approvalId: approval,
    },
  };
  const found = Object.entries(tables).map(async ([name, table]) => {
    const [row] = await database.db.select({ id: table.id }).from(table).where(eq(table.workspaceId, owner));
    return [name, row?.id ?? ""] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

/** The same of what says who may come in. */
async function accessIdsOf(owner: string): Promise<Record<string, string>> {
  const [someone] = await database.db.select().from(member).where(eq(member.workspaceId, owner));
  const [userId = "", invitationId, keyId] = [someone?.userId, newId(), newId()];
  const place = { workspaceId: owner, expiresAt: new Date("2030-01-01"), inviterId: userId };
  await database.db.insert(invitation).values({ ...place, id: invitationId, email: "x@y.test", status: "pending" });
  const key = { workspaceId: owner, kind: "rest", name: "Theirs", hash: "not a hash", last4: "0000" } as const;
  await database.db.insert(accessKey).values({ ...key, id: keyId });
  return { userId, invitationId, keyId };
}

/** And of what was tried with its flow, and of somebody who was in it: a case, a backtest and a way. */
async function playedIdsOf(theirs: { workspaceId: string; createdBy: string }, flowId: string) {
  const [caseId, backtestId] = [newId(), newId()];
  await database.db.insert(flowCase).values({ ...theirs, ...aCase, id: caseId, flowId });
  const request = { graph: emptyGraph(), hash: "", days: 7, since: 0, until: 0, policy: null, versionId: null };
  await database.db.insert(backtest).values({ ...theirs, id: backtestId, flowId, request });
  const enrollmentId = newId();
  await database.db.insert(enrollment).values({
    ...{
      id: enrollmentId,
      workspaceId: theirs.workspaceId,
      flowId,
      shard: 0,
      key: "",
      status: "ended",
      enteredAt: new Date(0),
    },
    ...{ versionId: newId(), contactId: newId(), eventId: newId() },
    state: {
      ...{ status: "ended", nodeId: null, visit: 1, visitsByNode: {}, wait: null, key: null, enteredAt: 0, values: {} },
      ...{ sent: [], endReason: "completed", endNote: null, goalAt: null },
      event: { id: "", name: "", properties: {}, at: 0 },
    },
  });
  return { caseId, backtestId, enrollmentId, ...(await experimentIdsOf(theirs, flowId)) };
}

/** An experiment of its flow and a metric of its own. */
async function experimentIdsOf(theirs: { workspaceId: string; createdBy: string }, flowId: string) {
  const [experimentId, metricId] = [newId(), newId()];
  const plan = usualPlan({ metric: "conversion", windowHours: 168 });
  await database.db.insert(experiment).values({
    ...{
      id: experimentId,
      workspaceId: theirs.workspaceId,
      flowId,
      key: "x",
      kind: "split",
      nodeId: "x",
      title: "Theirs",
    },
    ...{ state: "running", plan, arms: [{ id: "a", name: "A", weight: 100 }], startedAt: new Date(0) },
  });
  await database.db.insert(customMetric).values({
    ...{ ...theirs, id: metricId, name: "Theirs", event: "x", rule: { all: [] }, measure: "happened", windowHours: 1 },
  });
  return { experimentId, metricId };
}

type Procedure = { path: string; ids: string[]; call: (input: object) => Promise<unknown> };

const Definition = z.object({ type: z.enum(["query", "mutation"]), inputs: z.array(z.instanceof(z.ZodObject)) });

/** Not ids of a workspace: a starter is everybody's, a phone of the sandbox belongs to the machine, and Meta's ids are typed to connect a number. */
const shared = ["starterId", "waId", "rowId", "phoneNumberId", "accountId"];

/** Every procedure whose input names an id of something a workspace owns. */
const procedures: Procedure[] = Object.entries<object>({ ...appRouter._def.procedures }).flatMap(
  ([path, procedure]) => {
    const definition = Definition.parse("_def" in procedure ? procedure._def : null);
    const ids = definition.inputs
      .flatMap((input) => Object.keys(input.shape))
      .filter((key) => /Id$/.test(key) && !shared.includes(key));
    if (ids.length === 0 || typeof procedure !== "function") return [];
    return [{ path, ids, call: (input: object) => callAsOwner(path, input) }];
  },
);

function callAsOwner(path: string, input: object): Promise<unknown> {
  const session: Session = {
    userId: "0190a000-0000-7000-8000-000000000001",
    name: "Mariama Sow",
    email: "owner@demo.test",
    language: "en",
    workspaceId: home,
    role: "owner",
    signIn: { sessionId: newId(), hasSecondFactor: false, confirmedAt: null },
  };
  const caller: unknown = appRouter.createCaller({ db: database.db, clock: systemClock, env, session });
  const verb = path
    .split(".")
    .reduce<unknown>(
      (at, name) => (typeof at === "object" || typeof at === "function" ? Reflect.get(at ?? {}, name) : undefined),
      caller,
    );
  if (typeof verb !== "function") throw new Error(`There is no ${path}.`);
  return verb(input);
}

const everything = async () => {
  const rows = await Promise.all(
    [
      channel,
      flow,
      contact,
      template,
      handOff,
      message,
      approval,
      optInForm,
      segment,
      flowCase,
      backtest,
      contactImport,
    ].map((table) => database.db.select().from(table)),
  );
  return rows.flat().filter((row) => row.workspaceId !== home);
};

describe("another workspace's ids do not exist", () => {
  test("the table below knows every procedure that takes an id", () => {
    expect(Object.keys(rest).sort()).toEqual(procedures.map((procedure) => procedure.path).sort());
  });

  test.each(procedures)("$path", async ({ path, ids, call }) => {
    const before = await everything();
    const input = { ...Object.fromEntries(ids.map((id) => [id, foreign[id]])), ...rest[path] };
    const unknown = Object.fromEntries(ids.map((id) => [id, newId()]));
    if (path === "messages.list") expect(await call(input)).toMatchObject({ rows: [] });
    // A filter finds as little of theirs as of what nobody has.
    else if (path.startsWith("dashboard.") && path !== "dashboard.setReport")
      expect(await call(input)).toEqual(await call({ ...input, ...unknown }));
    else await expect(call(input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await everything()).toEqual(before);
  });
});
