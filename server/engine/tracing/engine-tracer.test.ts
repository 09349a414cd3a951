import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { accessKey } from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import { openReceiver, type ReceivedSpan } from "#server/observe/otlp-receiver.ts";
import { startTracing, type Tracing } from "#server/observe/tracing.ts";
import { fingerprint } from "#server/secret.ts";
import { TestRig } from "../test-rig.ts";

let rig: TestRig;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
let tracing: Tracing | null;
beforeAll(async () => {
  receiver = await openReceiver();
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url);
  rig = await TestRig.open();
  tracing = await startTracing("worker", process.env);
});
afterAll(async () => {
  await rig.close();
  await tracing?.close();
  await receiver.close();
  vi.unstubAllEnvs();
});

const name = { from: "path", path: "contact.firstName" };
const person = { userId: "customer-1", phone: "+14155559876", firstName: "Canary" };
const chain = ["event.accept", "signal.apply", "message.gate", "message.call", "message.settle"];

test("one event can be followed from the door to the settlement and the status of its message, in one trace without the person", async () => {
  await rig.subscribe();
  await rig.world.publish(
    "kyc.incomplete",
    [{ id: "send", type: "send", data: { template: "hello", values: { first_name: name } } }],
    [["start", "next", "send"]],
  );
  await rig.world.addContacts(1, { externalId: person.userId, phone: person.phone, firstName: person.firstName });
  rig.startWorker({ tracing });
  await track();
  const names = () => new Set(receiver.spans.map((span) => span.name));
  await expect.poll(names, { timeout: 20_000 }).toEqual(new Set([...chain, "status.apply"]));

  const { rows } = await rig.database.pool.query("select event_id from enrollment");
  const traceId = String(rows[0]?.event_id).replaceAll("-", "");
  const of = (name: string) => receiver.spans.find((span) => span.name === name && span.traceId === traceId);
  const spans = chain.map(of).filter((span): span is ReceivedSpan => span !== undefined);
  expect(spans.map((span) => span.name)).toEqual(chain);
  for (const [index, span] of spans.entries()) {
    expect(span.parentSpanId, span.name).toBe(spans[index - 1]?.spanId);
    expect(BigInt(span.endTimeUnixNano), span.name).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
  }
  expect(spans.map((span) => span.service)).toEqual(["chasqui-door", ...Array(4).fill("chasqui-worker")]);
  expect(of("status.apply")?.parentSpanId).toBe(of("message.call")?.spanId);
  expect(of("message.call")?.attributes).toMatchObject({ "chasqui.outcome": "accepted", "chasqui.attempt": 1 });
  for (const secret of Object.values(person)) expect(receiver.bodies.join()).not.toContain(secret);
});

async function track(): Promise<void> {
  const key = "a-write-key";
  const { workspaceId } = rig.world;
  const row = { id: newId(), workspaceId, kind: "write" as const, name: "test", hash: fingerprint(key), last4: "-key" };
  await rig.database.db.insert(accessKey).values(row);
  const answer = await fetch(`http://127.0.0.1:${rig.door.port}/v1/track`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` },
    body: JSON.stringify({ userId: person.userId, event: "kyc.incomplete", messageId: "m-1", properties: {} }),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
}
