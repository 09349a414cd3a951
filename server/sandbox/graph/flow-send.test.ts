import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aSandbox, identity } from "../sandbox.fixture.ts";

let sandbox: Awaited<ReturnType<typeof aSandbox>>;
beforeAll(async () => {
  sandbox = await aSandbox();
});
afterAll(() => sandbox.remove());
beforeEach(async () => {
  await sandbox.control.reset(true);
  await sandbox.control.say("33612345678", "Hello");
});

const flowJson = JSON.stringify({
  version: "7.0",
  screens: [
    {
      id: "ASK",
      title: "Ask",
      terminal: true,
      layout: {
        type: "SingleColumnLayout",
        children: [{ type: "Footer", label: "Send", "on-click-action": { name: "complete", payload: {} } }],
      },
    },
  ],
});

async function aFlow(publish: boolean): Promise<string> {
  const flow = { name: "visit", categories: ["OTHER"], flow_json: flowJson, publish };
  const { body } = await sandbox.graph("POST", `v25.0/${identity.accountId}/flows`, flow);
  return String(Reflect.get(body, "id"));
}

const setStatus = (id: string, status: string) => sandbox.control.call("POST", `flows/${id}/status`, { status });
const send = async (flow: object): Promise<number | undefined> => {
  const parameters = { flow_message_version: "3", flow_cta: "Open", ...flow };
  const interactive = { type: "flow", body: { text: "When do you come?" }, action: { name: "flow", parameters } };
  return (await sandbox.send({ type: "interactive", interactive })).body.error?.code;
};

test("a draft goes out in draft mode only, a published flow by its id or name", async () => {
  const draft = await aFlow(false);
  expect(await send({ flow_id: draft })).toBe(131009);
  expect(await send({ flow_id: draft, mode: "draft" })).toBeUndefined();
  await sandbox.graph("POST", `v25.0/${draft}/publish`);
  expect(await send({ flow_id: draft })).toBeUndefined();
  expect(await send({ flow_name: "visit" })).toBeUndefined();
  await sandbox.graph("POST", `v25.0/${draft}/deprecate`);
  expect(await send({ flow_id: draft })).toBe(131009);
});

test("a blocked flow is not sent, neither in a message nor by a template's button", async () => {
  const id = await aFlow(true);
  const buttons = [{ type: "FLOW", text: "Open", flow_id: id, flow_action: "navigate", navigate_screen: "ASK" }];
  const components = [
    { type: "BODY", text: "When do you come?" },
    { type: "BUTTONS", buttons },
  ];
  await sandbox.createTemplate({ name: "visit", language: "en", category: "UTILITY", components });
  const template = { type: "template", template: { name: "visit", language: { code: "en" } } };
  expect((await sandbox.send(template)).body.error).toBeUndefined();
  await setStatus(id, "BLOCKED");
  expect(await send({ flow_id: id })).toBe(132068);
  expect((await sandbox.send(template)).body.error?.code).toBe(132068);
});

test("a throttled flow is sent ten times an hour", async () => {
  const id = await aFlow(true);
  await setStatus(id, "THROTTLED");
  for (let index = 0; index < 10; index++) expect(await send({ flow_id: id })).toBeUndefined();
  expect(await send({ flow_name: "visit" })).toBe(132069);
  await sandbox.control.advance(3_600_000);
  expect(await send({ flow_id: id })).toBeUndefined();
});
