import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newId } from "../id.ts";
import { openReceiver } from "./otlp-receiver.ts";
import { isSampled, readTraceparent, spanIdOf, traceIdOf } from "./span-ids.ts";
import { startTracing } from "./tracing.ts";

let receiver: Awaited<ReturnType<typeof openReceiver>>;
beforeAll(async () => {
  receiver = await openReceiver();
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await receiver.close();
});

test("without an endpoint there is no tracing at all", async () => {
  expect(await startTracing("door", {})).toBeNull();
});

test("spans of different processes about one event meet in one trace, each below its parent", async () => {
  const eventId = newId();
  const door = await startTracing("door", process.env);
  const worker = await startTracing("worker", process.env);
  const caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const span = { traceOf: eventId, key: "", startMs: 1_000.25, endMs: 1_250.5, attributes: { "chasqui.batch": 3 } };
  door?.record({ ...span, name: "event.accept", kind: "server", linkedTo: caller });
  worker?.record({ ...span, name: "signal.apply", kind: "consumer", parent: { name: "event.accept", key: "" } });
  await Promise.all([door?.close(), worker?.close()]);
  const [accept, apply] = ["event.accept", "signal.apply"].map((name) =>
    receiver.spans.find((each) => each.name === name),
  );
  expect(accept).toMatchObject({
    traceId: eventId.replaceAll("-", ""),
    service: "chasqui-door",
    startTimeUnixNano: "1000250000",
    endTimeUnixNano: "1250500000",
    attributes: { "chasqui.batch": 3 },
    links: [{ traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" }],
  });
  expect(apply).toMatchObject({ traceId: accept?.traceId, service: "chasqui-worker", parentSpanId: accept?.spanId });
});

test("a share of traces is kept whole: every process keeps the same ones", () => {
  const ids = Array.from({ length: 4_000 }, () => traceIdOf(newId()));
  const kept = ids.filter((id) => isSampled(id, 0.25));
  expect(kept.length).toBeGreaterThan(850);
  expect(kept.length).toBeLessThan(1_150);
  expect(ids.every((id) => isSampled(id, 1))).toBe(true);
  expect(ids.some((id) => isSampled(id, 0))).toBe(false);
});

test.each([
  ["a good one", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true],
  ["none", undefined, false],
  ["all zeros", `00-${"0".repeat(32)}-b7ad6b7169203331-01`, false],
  ["something else", "' or 1=1", false],
])("a traceparent that is %s", (_, text, isRead) => expect(readTraceparent(text) !== null).toBe(isRead));

test("a span's id tells name and key apart", () => {
  const ids = ["a 1", "a 2", "b 1"].map((each) => spanIdOf("t", each.slice(0, 1), each.slice(2)));
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
});
