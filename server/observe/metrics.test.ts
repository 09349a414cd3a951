import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { turn } from "#db/schema/index.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { systemClock } from "../clock.ts";
import { SampleWorld } from "../engine/sample-world.ts";
import { LaneRecorder } from "../engine/samples/lane-recorder.ts";
import { newId } from "../id.ts";
import { DoorMetrics, doorRouteOf } from "./door-metrics.ts";
import { refuseMetrics } from "./metrics-gate.ts";
import { parseExposition } from "./parse-exposition.ts";
import { webMetrics } from "./web-metrics.ts";

let database: TestDatabase;
let world: SampleWorld;
beforeAll(async () => {
  database = await createTestDatabase();
  world = new SampleWorld(database);
  await world.build();
});
afterAll(() => database.drop());

const scrape = async () => parseExposition(await webMetrics(database.db, async () => systemClock));

test("the web's metrics can be read by a strict parser, with no name twice and no sample without its family", async () => {
  const families = await scrape();
  expect(families.get("chasqui_build_info")?.samples).toHaveLength(1);
  expect(families.get("process_resident_memory_bytes")?.type).toBe("gauge");
  for (const [name, { type }] of families) {
    if (!name.startsWith("chasqui_")) continue;
    expect(name).toMatch(/^chasqui_[a-z0-9_]+$/);
    expect(name.endsWith("_total"), name).toBe(type === "counter");
  }
});

test("messages are counted once, their waits as a histogram whose sums run up to the count", async () => {
  const recorder = new LaneRecorder();
  const { workspaceId } = world;
  recorder.record([
    { workspaceId, lane: 0, waitedMs: 300, isSent: true },
    { workspaceId, lane: 0, waitedMs: 3000, isSent: true },
    { workspaceId, lane: 0, waitedMs: 10, isSent: false },
  ]);
  await recorder.flush(database.pool, newId());
  const families = await scrape();
  const of = (name: string, labels: object) =>
    families
      .get(name)
      ?.samples.find((sample) => Object.entries(labels).every(([key, text]) => sample.labels[key] === text))?.value;
  const fraud = { workspace: workspaceId, lane: "fraud" };
  expect(of("chasqui_messages_total", { ...fraud, outcome: "sent" })).toBe(2);
  expect(of("chasqui_messages_total", { ...fraud, outcome: "failed" })).toBe(1);
  const waits = families.get("chasqui_message_wait_seconds")?.samples ?? [];
  const buckets = waits.filter((sample) => sample.name.endsWith("_bucket")).map((sample) => sample.value);
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
  expect(of("chasqui_message_wait_seconds", { ...fraud, le: "0.512" })).toBe(1);
  expect(of("chasqui_message_wait_seconds", { ...fraud, le: "+Inf" })).toBe(2);
  expect(waits.find((sample) => sample.name.endsWith("_sum"))?.value).toBeCloseTo(3.3);
  expect(of("chasqui_lane_backlog_messages", fraud)).toBe(0);
  expect(of("chasqui_channel_connected", { channel: world.channelId })).toBe(1);
});

test("whoever stands at a throttle is counted", async () => {
  const { workspaceId } = world;
  const line = { workspaceId, shard: 0, flowId: newId(), nodeId: "slow", people: 1, periodMs: 60_000, visit: 0 };
  const inLine = [1, 2, 3].map(() => ({ ...line, contactId: newId(), enrollmentId: newId() }));
  await database.db.insert(turn).values(inLine);
  expect((await scrape()).get("chasqui_turns_queued")?.samples).toMatchObject([{ value: 3 }]);
});

test("no label holds a name, a phone or anything else of people", async () => {
  await world.addContacts(1);
  const text = await webMetrics(database.db, async () => systemClock);
  for (const secret of ["Ana", "+1415", "+1555", "Test bank"]) expect(text).not.toContain(secret);
});

test("while the database is away the answer says so instead of failing", async () => {
  const away = connect("postgres://127.0.0.1:1/none", { name: "test", max: 1, onError: () => undefined });
  const families = parseExposition(await webMetrics(away.db, async () => systemClock));
  expect(families.get("chasqui_database_up")?.samples).toMatchObject([{ value: 0 }]);
  await away.pool.end();
});

test("the door counts requests by what they wanted, and events one by one", async () => {
  const metrics = new DoorMetrics({ events: () => 7, webhooks: () => 0 });
  metrics.answered("events", 200, 12);
  metrics.answered("events", 200, 40);
  metrics.answered("events", 503, 1);
  metrics.events(3, 1);
  const families = parseExposition(await metrics.text());
  const requests = families.get("chasqui_door_requests_total")?.samples ?? [];
  expect(requests.map((sample) => [sample.labels.status, sample.value])).toEqual([
    ["200", 2],
    ["503", 1],
  ]);
  const events = families.get("chasqui_door_events_total")?.samples ?? [];
  expect(events.map((sample) => sample.value)).toEqual([3, 1]);
  expect(families.get("chasqui_door_waiting_items")?.samples[0]?.value).toBe(7);
});

test.each([
  ["/v1/track", "events"],
  ["/v1/batch?x=1", "events"],
  ["/v1/tracks", "rest"],
  ["/v1/contacts/1", "rest"],
  ["/hooks/meta/a/b", "webhooks"],
  ["/r/abc", "links"],
  ["/u/abc", "uploads"],
  ["/o/abc", "opt-ins"],
  ["/health", "other"],
  [undefined, "other"],
] as const)("%s is counted under %s", (url, route) => expect(doorRouteOf(url)).toBe(route));

describe("metrics are open to whoever has the key, and to nobody without one", () => {
  test.each([
    ["no key is set", null, "Bearer x", 404],
    ["no key is sent", "a-long-metrics-key", null, 401],
    ["a wrong key is sent", "a-long-metrics-key", "Bearer a-long-metrics-kez", 401],
    ["an empty one", "a-long-metrics-key", "Bearer ", 401],
    ["as a basic password", "a-long-metrics-key", "Basic a-long-metrics-key", 401],
    ["the right one", "a-long-metrics-key", "Bearer a-long-metrics-key", null],
  ] as const)("%s", (_, key, header, expected) => expect(refuseMetrics(key, header)).toBe(expected));
});

describe("the strict parser of this test refuses", () => {
  test.each([
    ["a sample without its family", "a 1\n"],
    ["a label without quotes", "# HELP a b\n# TYPE a gauge\na{x=1} 1\n"],
    ["a word for a number", "# HELP a b\n# TYPE a gauge\na one\n"],
    ["the same series twice", '# HELP a b\n# TYPE a gauge\na{x="1"} 1\na{x="1"} 2\n'],
    ["a family twice", "# HELP a b\n# TYPE a gauge\na 1\n# HELP a b\n# TYPE a gauge\n"],
  ])("%s", (_, text) => expect(() => parseExposition(text)).toThrow());
});
