import { createHmac } from "node:crypto";
import { expect, test, vi } from "vitest";
import { aSandbox, aSubscriber } from "../sandbox.fixture.ts";
import { signedBody } from "./webhook-body.ts";

const hello = { type: "template", template: { name: "hello_world", language: { code: "en_US" } } };

test.each([
  ["é", "\\u00e9"],
  ["👍", "\\ud83d\\udc4d"],
  ["https://b.test", "https:\\/\\/b.test"],
  ['"', '\\"'],
  ["\u2028", "\\u2028"],
])("%s leaves as %s, and the signature is over those bytes", (text, escaped) => {
  const { bytes, signature } = signedBody({ text }, "secret");
  expect(bytes.toString("latin1")).toBe(`{"text":"${escaped}"}`);
  expect(JSON.parse(bytes.toString())).toEqual({ text });
  expect(signature).toBe(`sha256=${createHmac("sha256", "secret").update(bytes).digest("hex")}`);
});

test.each([1, 7, 1000])(
  "at most %i updates travel in one call, and none is lost",
  async (batch) => {
    const sandbox = await aSandbox();
    const subscriber = await aSubscriber();
    await sandbox.control.subscribe(subscriber.url);
    await sandbox.control.call("POST", "chaos", { batch });
    await sandbox.control.call("POST", "schedule", { sent_ms: 0, delivered_ms: null, read_ms: null });
    const count = batch === 1000 ? 1100 : 20;
    // All become due at one time, so that the queue is long.
    await sandbox.control.call("POST", "schedule", { sent_ms: 3_600_000 });
    for (let start = 0; start < count; start += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, count - start) }, (_, index) =>
          sandbox.send({ ...hello, to: `+336123${10_000 + start + index}9` }),
        ),
      );
    await sandbox.control.advance(2 * 3_600_000);
    await vi.waitFor(() => expect(sandbox.sandbox.world.pending.size).toBe(0), { timeout: 10_000 });
    const sizes = subscriber.received.map((call) =>
      call.json.entry[0]?.changes.reduce((sum, change) => sum + (change.value.statuses?.length ?? 0), 0),
    );
    expect(Math.max(...sizes.map((size) => size ?? 0))).toBeLessThanOrEqual(batch);
    expect(sizes.reduce((sum, size = 0) => (sum ?? 0) + size, 0)).toBe(count);
    subscriber.close();
    await sandbox.remove();
  },
  30_000,
);

test("what nobody takes is tried again for seven days of the sandbox's time, then forgotten", async () => {
  const sandbox = await aSandbox();
  const subscriber = await aSubscriber();
  await sandbox.control.subscribe(subscriber.url);
  await sandbox.control.call("POST", "schedule", { sent_ms: 0, delivered_ms: null });
  subscriber.answerWith(500);
  await sandbox.send(hello);
  const attempts = () => sandbox.sandbox.webhooks.deliveries.length;
  await vi.waitFor(() => expect(attempts()).toBe(1));
  await sandbox.control.advance(6.9 * 86_400_000);
  await vi.waitFor(() => expect(attempts()).toBeGreaterThanOrEqual(2));
  expect(sandbox.sandbox.world.pending.size).toBe(1);
  await vi.waitFor(() => expect(sandbox.sandbox.webhooks.isIdle).toBe(false));
  await sandbox.control.advance(0.2 * 86_400_000);
  await vi.waitFor(() => expect(sandbox.sandbox.world.pending.size).toBe(0), { timeout: 5000 });
  expect(sandbox.sandbox.webhooks.isIdle).toBe(true);
  subscriber.close();
  await sandbox.remove();
});

test("a restart forgets no limit that was used up, no free entry point and no free message", async () => {
  const before = await aSandbox();
  const components = [{ type: "BODY", text: "New offers are here." }];
  await before.createTemplate({ name: "offer", language: "en", category: "MARKETING", components });
  const offer = { type: "template", template: { name: "offer", language: { code: "en" } } };
  await before.control.call("POST", "limits", { tier: 2, pair: true, marketing_per_user: 1 });
  await before.control.call("POST", "inbound", { from: "33612345678", text: "Hi", referral: { source_type: "ad" } });
  for (let index = 0; index < 45; index++) await before.send({ ...hello, to: "+33612345670" });
  await before.send({ ...offer, to: "+33612345671" });
  await before.send({ type: "text", text: { body: "Hello" } });
  await before.send({ type: "text", text: { body: "Hello" }, to: "+33612345678" });
  const facts = (world: typeof before.sandbox.world) => ({
    limits: world.limits,
    counts: [...world.serviceCounts],
    entry: world.userOf("33612345678").freeEntryUntil,
  });
  const kept = facts(before.sandbox.world);
  expect(kept.entry).toBeGreaterThan(Date.now());
  await before.close();
  const after = await aSandbox({ home: before.home });
  expect(facts(after.sandbox.world)).toEqual(kept);
  const codes = [
    (await after.send({ ...hello, to: "+33612345670" })).body.error?.code,
    (await after.send({ ...hello, to: "+33612345679" })).body.error?.code,
  ];
  expect(codes).toEqual([131056, 131048]);
  const wamid = (await after.send({ ...offer, to: "+33612345671" })).body.messages?.[0]?.id ?? "";
  expect(after.sandbox.world.messages.get(wamid)?.failsWith).toBe(131049);
  await after.remove();
});
