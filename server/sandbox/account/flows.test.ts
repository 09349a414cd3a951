import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { hasSamples, sampleNames, sampleOf } from "../../test-samples.ts";
import { aSandbox, aSubscriber, identity } from "../sandbox.fixture.ts";
import { flowErrors } from "./flow-rules.ts";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
let subscriber: Awaited<ReturnType<typeof aSubscriber>>;
beforeAll(async () => {
  sandbox = await aSandbox();
  subscriber = await aSubscriber();
  await sandbox.control.subscribe(subscriber.url);
});
afterAll(async () => {
  subscriber.close();
  await sandbox.remove();
});
beforeEach(async () => {
  await sandbox.control.reset(true);
  subscriber.received.length = 0;
});

const screen = (id: string, terminal = true) => ({
  id,
  terminal,
  layout: { type: "SingleColumnLayout", children: [{ type: "Footer", label: "Done" }] },
});
const json = (more: object = {}): string => JSON.stringify({ version: "6.0", screens: [screen("FORM")], ...more });
const create = (more: object = {}) =>
  sandbox.graph("POST", `v25.0/${identity.accountId}/flows`, { name: "Loan", categories: ["SURVEY"], ...more });
const made = async (more: object = {}): Promise<string> => (await create(more)).body.id ?? "";
const call = (method: string, path: string, body?: object) => sandbox.graph(method, `v25.0/${path}`, body);
const codeOf = async (answer: ReturnType<typeof call>): Promise<number | undefined> => (await answer).body.error?.code;
const upload = async (id: string, file: string | Blob, parts: Record<string, string> = {}) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ name: "flow.json", asset_type: "FLOW_JSON", ...parts }))
    form.set(name, value);
  form.set("file", typeof file === "string" ? new Blob([file]) : file);
  const headers = { authorization: `Bearer ${identity.token}` };
  const response = await fetch(`${sandbox.url}/v25.0/${id}/assets`, { method: "POST", body: form, headers });
  return (await response.json()) as { success?: boolean; validation_errors?: object[]; error?: { code: number } };
};

describe("a flow's life", () => {
  test("is a draft, then published, then deprecated, and the subscriber hears of it", async () => {
    const id = await made();
    expect(await codeOf(call("POST", `${id}/publish`))).toBe(139_002);
    expect(await codeOf(call("POST", `${id}/deprecate`))).toBe(139_003);
    expect(await upload(id, json())).toEqual({ success: true, validation_errors: [] });
    expect((await call("POST", `${id}/publish`)).body).toEqual({ success: true });
    expect(await codeOf(call("POST", `${id}/publish`))).toBe(139_002);
    expect(await codeOf(call("POST", id, { name: "Other" }))).toBe(139_001);
    expect((await upload(id, json())).error?.code).toBe(139_001);
    expect(await codeOf(call("DELETE", id))).toBe(139_004);
    expect((await call("POST", `${id}/deprecate`)).body).toEqual({ success: true });
    expect(await codeOf(call("POST", `${id}/deprecate`))).toBe(139_003);
    await vi.waitFor(() => expect(subscriber.changes()).toHaveLength(2));
    expect(subscriber.changes().map(({ field, value }) => [field, value.old_status, value.new_status])).toEqual([
      ["flows", "DRAFT", "PUBLISHED"],
      ["flows", "PUBLISHED", "DEPRECATED"],
    ]);
  });

  test("of a draft ends with its deletion", async () => {
    const id = await made();
    expect((await call("POST", id, { name: "Renamed", categories: ["OTHER"] })).body).toEqual({ success: true });
    expect((await call("GET", `${id}?fields=name,categories`)).body).toEqual({
      id,
      name: "Renamed",
      categories: ["OTHER"],
    });
    expect((await call("DELETE", id)).body).toEqual({ success: true });
    expect(await codeOf(call("GET", id))).toBe(100);
  });

  test("can begin published, and be cloned", async () => {
    const id = await made({ flow_json: json(), publish: true });
    expect((await call("GET", id)).body).toMatchObject({ status: "PUBLISHED", validation_errors: [] });
    const clone = await made({ name: "Copy", clone_flow_id: id });
    expect((await call("POST", `${clone}/publish`)).body).toEqual({ success: true });
  });

  test("is watched over: throttled, blocked and let go by the control plane", async () => {
    const id = await made({ flow_json: json(), publish: true });
    await sandbox.control.call("POST", `flows/${id}/status`, { status: "BLOCKED" });
    expect((await call("GET", `${id}?fields=status,health_status`)).body).toMatchObject({
      status: "BLOCKED",
      health_status: { can_send_message: "BLOCKED" },
    });
  });

  test("survives a restart", async () => {
    const before = await aSandbox();
    const { body } = await before.graph("POST", `v25.0/${identity.accountId}/flows`, {
      name: "Loan",
      categories: ["SURVEY"],
      flow_json: json(),
    });
    await before.close();
    const after = await aSandbox({ home: before.home });
    expect((await after.graph("GET", `v25.0/${body.id}`)).body).toMatchObject({ name: "Loan", status: "DRAFT" });
    await after.remove();
  });
});

test.each<[string, object, number]>([
  ["no category", { categories: [] }, 100],
  ["an unknown category", { categories: ["FUN"] }, 100],
  ["an endpoint without TLS", { endpoint_uri: "http://b.test" }, 100],
  ["an unknown flow to clone", { clone_flow_id: "1" }, 100],
])("a new flow with %s is refused", async (_, more, code) => expect(await codeOf(create(more))).toBe(code));

test("a name is given once", async () => {
  await made();
  expect(await codeOf(create())).toBe(139_000);
});

test("an upload needs its parts and at most 10 MB", async () => {
  const id = await made();
  expect((await upload(id, json(), { asset_type: "PICTURE" })).error?.code).toBe(100);
  expect((await upload(id, json(), { name: "form.json" })).error?.code).toBe(100);
  const mostBytes = 10 * 1024 * 1024;
  expect((await upload(id, new Blob([" ".repeat(mostBytes - json().length), json()]))).success).toBe(true);
  expect((await upload(id, new Blob([" ".repeat(mostBytes - json().length + 1), json()]))).error?.code).toBe(100);
  expect((await call("GET", `${id}/assets`)).body.data).toMatchObject([{ name: "flow.json", asset_type: "FLOW_JSON" }]);
});

test.each<[string, string, string | null]>([
  ["a whole flow", json(), null],
  ["no JSON", "{", "INVALID_JSON"],
  ["no screens", json({ screens: [] }), "INVALID_PROPERTY_VALUE"],
  ["no terminal screen", json({ screens: [screen("FORM", false)] }), "MISSING_TERMINAL_SCREEN"],
  ["two screens of one id", json({ screens: [screen("A"), screen("A")] }), "DUPLICATE_SCREEN_IDS"],
  ["a reserved id", json({ screens: [screen("SUCCESS")] }), "INVALID_SCREEN_ID"],
  ["a way to nowhere", json({ routing_model: { FORM: ["LOST"] } }), "INVALID_ROUTING_MODEL"],
  ["an endpoint without a routing model", json({ data_api_version: "3.0" }), "MISSING_ROUTING_MODEL"],
])("flow.json with %s", (_, text, error) => {
  expect(flowErrors(text)[0]?.error ?? null).toBe(error);
});

test("a flow with an endpoint is published only with its address", async () => {
  const id = await made({ flow_json: json({ data_api_version: "3.0", routing_model: { FORM: [] } }) });
  expect(await codeOf(call("POST", `${id}/publish`))).toBe(139_002);
  await call("POST", id, { endpoint_uri: "https://b.test/flow" });
  expect((await call("POST", `${id}/publish`)).body).toEqual({ success: true });
});

describe.skipIf(!hasSamples)("Meta's sample flows", () => {
  test.each(sampleNames("flow_json"))("%s has no errors", (name) => {
    expect(flowErrors(JSON.stringify(sampleOf("flow_json", name)))).toEqual([]);
  });
});
