import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { audit, contact, enrollment, flow, message } from "#db/schema/index.ts";
import { emptyGraph } from "#flow/graph.ts";
import { newId, shardOf } from "#server/id.ts";
import { openTestDoor, type Tenant, type TestDoor } from "../test-door.ts";
import { routes } from "./routes.ts";

let door: TestDoor;
let ours: Awaited<ReturnType<typeof fill>>;
let theirs: Awaited<ReturnType<typeof fill>>;
beforeAll(async () => {
  door = await openTestDoor(mkdtempSync(path.join(tmpdir(), "door-")));
  ours = await fill(door.tenant);
  theirs = await fill(door.other);
});
afterAll(() => door.close());

/** Two people with five messages and enrollments each, and a flow. */
async function fill({ workspaceId }: Tenant) {
  const { db } = door.database;
  const people = [newId(), newId()];
  const flowId = newId();
  await db
    .insert(flow)
    .values({ id: flowId, workspaceId, name: "KYC", draft: emptyGraph(), createdBy: "t", updatedBy: "t" });
  for (const [index, id] of people.entries()) {
    const consents = { service: { state: "granted" as const, at: new Date().toISOString(), source: "identify" } };
    const shard = shardOf(workspaceId, id);
    await db
      .insert(contact)
      .values({ id, workspaceId, shard, externalId: `cust/${index}`, attributes: { creditScore: 700 }, consents });
    for (let count = 0; count < 5; count++) {
      const shared = { workspaceId, shard, contactId: id, flowId };
      await db.insert(message).values({
        ...shared,
        id: newId(),
        direction: "outbound",
        type: "template",
        status: "skipped",
        reason: "no-consent",
        createdAt: new Date(),
      });
      const event = { id: newId(), name: "x", properties: {}, at: 0 };
      await db.insert(enrollment).values({
        ...shared,
        id: newId(),
        versionId: newId(),
        key: "",
        eventId: newId(),
        status: "waiting",
        enteredAt: new Date(),
        state: {
          status: "waiting",
          nodeId: null,
          visit: 1,
          visitsByNode: {},
          wait: null,
          event,
          key: null,
          enteredAt: 0,
          values: {},
          sent: [],
          endReason: null,
          endNote: null,
          goalAt: null,
        },
      });
    }
  }
  return { people, flowId };
}

async function call(
  method: string,
  address: string,
  { key = door.tenant.restKey, body }: { key?: string | null; body?: unknown } = {},
) {
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(`${door.url}${address}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

type Page = { data: { id: string; contactId?: string }[]; paging: { cursors: { after: string | null } } };
const page = async (address: string) => (await call("GET", address)).body as Page;

test.each(["/v1/messages", "/v1/enrollments"])("%s is walked page by page without gaps or doubles", async (address) => {
  const seen: string[] = [];
  let after: string | null = "";
  while (after !== null) {
    const { data, paging }: Page = await page(`${address}?limit=3${after && `&after=${after}`}`);
    seen.push(...data.map((row) => row.id));
    after = paging.cursors.after;
  }
  expect(seen).toHaveLength(10);
  expect(seen).toEqual([...new Set(seen)].sort().reverse());
});

test.each([
  ["a contact's own id", () => `contact=${ours.people[0]}`, 5],
  ["the bank's id", () => "contact=external:cust/1", 5],
  ["a flow", () => `flow=${ours.flowId}`, 10],
  ["contact and flow", () => `contact=${ours.people[1]}&flow=${ours.flowId}`, 5],
  ["another workspace's contact", () => `contact=${theirs.people[0]}`, 0],
  ["another workspace's flow", () => `flow=${theirs.flowId}`, 0],
])("messages and enrollments are found by %s", async (_, query, count) => {
  expect((await page(`/v1/messages?${query()}`)).data).toHaveLength(count);
  expect((await page(`/v1/enrollments?${query()}`)).data).toHaveLength(count);
});

test("a contact is read by our id or by the bank's", async () => {
  const byId = await call("GET", `/v1/contacts/${ours.people[0]}`);
  const byExternal = await call("GET", "/v1/contacts/external:cust%2F0");
  expect(byId.status).toBe(200);
  expect(byId.body).toEqual(byExternal.body);
  expect(byId.body).toMatchObject({
    externalId: "cust/0",
    attributes: { creditScore: 700 },
    consents: { service: { state: "granted" } },
  });
});

test("an opt-in is recorded with its proof, lifts an older STOP of the number and says so", async () => {
  const contactId = ours.people[1] ?? "";
  const address = `/v1/contacts/${contactId}/consents`;
  const stoppedAt = new Date(Date.now() - 60_000);
  const stop = { phone: "+221770000001", suppressedAt: stoppedAt, suppressedReason: "opt-out" };
  await door.database.db.update(contact).set(stop).where(eq(contact.id, contactId));
  const optIn = {
    purposes: ["marketing"],
    wording: "You may send me offers.",
    source: "branch",
    proof: { form: "F-1" },
  };
  const before = new Date(stoppedAt.getTime() - 1).toISOString();
  expect((await call("POST", address, { body: { ...optIn, at: before } })).body).toMatchObject({ liftedStop: false });
  const later = await call("POST", address, { body: { ...optIn, expiresAt: "2099-01-01T00:00:00Z" } });
  expect(later.status).toBe(201);
  expect(later.body).toEqual({ id: contactId, liftedStop: true });
  const { body } = await call("GET", address);
  expect((body as { data: unknown[] }).data[0]).toMatchObject({
    purpose: "marketing",
    state: "granted",
    source: "api",
    wording: "You may send me offers.",
    expiresAt: "2099-01-01T00:00:00.000Z",
    proof: { form: "F-1", place: "branch", liftedStop: true },
  });
  expect((await call("POST", address, { body: { ...optIn, at: "2099-01-01T00:00:00Z" } })).status).toBe(400);
  expect((await call("POST", address, { body: { ...optIn, wording: "ok" } })).status).toBe(422);
});

test.each([
  ["GET", () => `/v1/contacts/${theirs.people[0]}/consents`],
  ["GET", () => `/v1/contacts/${theirs.people[0]}`],
  ["GET", () => `/v1/contacts/${theirs.people[0]}/explain`],
  ["GET", () => `/v1/contacts/${ours.people[0]}/explain?flow=${theirs.flowId}`],
  ["GET", () => `/v1/contacts/${ours.people[0]}/explain?message=${newId()}`],
  ["GET", () => `/v1/flows/${theirs.flowId}`],
  ["POST", () => `/v1/flows/${theirs.flowId}/publish`],
  ["GET", () => `/v1/flows/${newId()}`],
  ["GET", () => "/v1/flows/undefined"],
])("what belongs to another workspace is not there: %s %#", async (method, address) => {
  expect((await call(method, address())).status).toBe(404);
});

test("what is answered is what the document promises", async () => {
  const addresses: Record<string, string> = {
    listFlows: "/v1/flows",
    getFlow: `/v1/flows/${ours.flowId}`,
    listMessages: "/v1/messages",
    listEnrollments: "/v1/enrollments",
    getContact: `/v1/contacts/${ours.people[0]}`,
    listConsents: `/v1/contacts/${ours.people[1]}/consents`,
    explainContact: `/v1/contacts/${ours.people[0]}/explain`,
  };
  for (const route of routes.filter((one) => one.method === "GET")) {
    const { body } = await call("GET", addresses[route.operationId] ?? "");
    expect(route.answer.safeParse(body).error?.issues, route.operationId).toBeUndefined();
  }
});

test("the document names every call, needs no key, and refers only to what it holds", async () => {
  const { status, body } = await call("GET", "/v1/openapi.json", { key: null });
  expect(status).toBe(200);
  const text = JSON.stringify(body);
  for (const route of routes) expect(text).toContain(`"operationId":"${route.operationId}"`);
  const schemas = (body.components as { schemas: object }).schemas;
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    expect(Object.keys(schemas)).toContain(name);
  expect(text).not.toMatch(/"\$ref":"#\/\$defs/);
});

test("a graph is imported as a draft, exported the same, and not published while it cannot run", async () => {
  const graph = emptyGraph();
  const made = await call("POST", "/v1/flows", { body: { name: "From outside", graph } });
  expect(made.status).toBe(201);
  const { id } = made.body;
  expect((await call("GET", `/v1/flows/${id}`)).body).toMatchObject({
    name: "From outside",
    status: "draft",
    version: null,
    graph,
  });
  const refused = await call("POST", `/v1/flows/${id}/publish`);
  expect(refused).toMatchObject({
    status: 422,
    body: { error: { code: "refused", detail: { problems: expect.any(Array) } } },
  });
  const [noted] = await door.database.db
    .select()
    .from(audit)
    .where(eq(audit.subjectId, String(id)));
  expect(noted).toMatchObject({ actor: "api", workspaceId: door.tenant.workspaceId });
});

test.each([
  [
    "a graph of another version",
    { name: "x", graph: { ...emptyGraph(), schemaVersion: 2 } },
    422,
    "graph.schemaVersion",
  ],
  ["an unknown setting", { name: "x", graph: emptyGraph(), workspaceId: "other" }, 422, ""],
  ["no name", { graph: emptyGraph() }, 422, "name"],
])("%s is refused by name", async (_, body, status, where) => {
  const answer = await call("POST", "/v1/flows", { body });
  expect(answer).toMatchObject({ status, body: { error: { detail: { problems: [{ path: where }] } } } });
});

test.each([
  ["no key", null],
  ["a write key", "acme-write"],
  ["a wrong key", "nope"],
])("%s is 401", async (_, key) => {
  expect((await call("GET", "/v1/flows", { key })).status).toBe(401);
});

test.each(["limit=0", "limit=201", "limit=x", "after=%21%21", "after=abc", "contact=12", "flow=1", "unknown=1"])(
  "the query %s is 400",
  async (query) => {
    expect((await call("GET", `/v1/messages?${query}`)).status).toBe(400);
  },
);
