import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { planStatuses } from "./delivery/status-plan.ts";
import type { Crowd, Message, User } from "./record.ts";
import { aSandbox, aSubscriber } from "./sandbox.fixture.ts";

const plain: Crowd = { unreachable: 0, hidesReads: 0, unread: 0, delivered: null, read: null };
const schedule = { sentMs: 0, deliveredMs: 250, readMs: 1000, playedMs: 1500, reviewMs: 0 };
const many = 4_000;

/** When each of many people's messages is delivered and read, in milliseconds after its acceptance. */
function plansOf(crowd: Partial<Crowd>) {
  const facts = { schedule, crowd: { ...plain, ...crowd }, seed: "crowd", from: 0, ttlMs: 1e12, skipsDelivered: false };
  return Array.from({ length: many }, (_, index) => {
    const waId = `5730011${String(index).padStart(5, "1")}`;
    const message: Message = {
      ...{ wamid: `wamid.${index}`, direction: "outbound", phoneNumberId: "1", waId, type: "template", body: null },
      ...{ isInWindow: false, at: 0, status: "accepted" },
    };
    const behaviour = { phone: "on", readReceipts: true, fault: null, delayFactor: 1 } as const;
    const user: User = { waId, name: "", bsuid: "", behaviour, lastInboundAt: null, hasStoppedMarketing: false };
    const plan = planStatuses(message, user, facts);
    const at = (status: string) => plan.find((one) => one.status === status)?.dueAt ?? null;
    return { delivered: at("delivered"), read: at("read") };
  });
}

const isWithin = (count: number, share: number) =>
  expect(Math.abs(count / many - share)).toBeLessThan(3.3 * Math.sqrt((share * (1 - share)) / many));

describe("phones nobody has set up", () => {
  test("are read by everybody after the schedule's times unless the crowd says otherwise", () => {
    const plans = plansOf({});
    expect(plans.every(({ read }) => read !== null && read >= 900 && read <= 1100)).toBe(true);
  });

  test.each([
    ["hides read receipts", { hidesReads: 0.15 }, 0.85],
    ["leaves messages unopened", { unread: 0.2 }, 0.8],
    ["does both", { hidesReads: 0.15, unread: 0.2 }, 0.68],
  ])("of a crowd that %s, as many are read as it says, and all are delivered", (_, crowd, share) => {
    const plans = plansOf(crowd);
    expect(plans.every(({ delivered }) => delivered !== null)).toBe(true);
    isWithin(plans.filter(({ read }) => read !== null).length, share);
  });

  test("take as long as drawn: half of them longer than the median, one in six longer than one spread, and read after delivered", () => {
    const plans = plansOf({ delivered: { medianMs: 4_000, spread: 1 }, read: { medianMs: 900_000, spread: 1.3 } });
    const longer = (ms: number) => plans.filter(({ delivered }) => (delivered ?? 0) > ms).length;
    isWithin(longer(4_000), 0.5);
    // The usual fifth from person to person widens it by a hair.
    expect(Math.abs(longer(4_000 * Math.E) / many - 0.159)).toBeLessThan(0.025);
    expect(plans.every(({ delivered, read }) => (read ?? 0) > (delivered ?? 0))).toBe(true);
  });
});

describe("over the control plane", () => {
  let sandbox: Awaited<ReturnType<typeof aSandbox>>;
  let subscriber: Awaited<ReturnType<typeof aSubscriber>>;
  beforeAll(async () => {
    sandbox = await aSandbox();
    subscriber = await aSubscriber();
    await sandbox.control.subscribe(subscriber.url);
    await sandbox.control.call("POST", "schedule", { sent_ms: 0, delivered_ms: 1, read_ms: null });
  });
  afterAll(async () => {
    subscriber.close();
    await sandbox.remove();
  });
  const hello = { type: "template", template: { name: "hello_world", language: { code: "en_US" } } };
  const told = async (message: object, wanted: string) => {
    const { body } = await sandbox.send(message);
    const wamid = body.messages?.[0]?.id ?? "";
    await vi.waitFor(() => expect(subscriber.statusesOf(wamid).map(({ status }) => status)).toContain(wanted), 5_000);
    return subscriber.statusesOf(wamid);
  };

  test("a crowd out of reach gets no template, and whoever has just written gets the answer", async () => {
    await sandbox.control.call("POST", "crowd", { unreachable: 1 });
    const [failed] = await told(hello, "failed");
    expect(failed).toMatchObject({ errors: [expect.objectContaining({ code: 131026 })] });
    await sandbox.control.say("33612345678", "Hello?");
    await told(hello, "delivered");
    await told({ type: "text", text: { body: "Here we are" } }, "delivered");
  });

  test("what is not given stays, null takes a drawn delay back, and shares lie between none and all", async () => {
    const set = (crowd: object) => sandbox.control.call("POST", "crowd", crowd);
    await set({ unreachable: 0.05, read: { median_ms: 900_000, spread: 1.3 } });
    expect(await set({ unread: 0.2 })).toMatchObject({ unreachable: 0.05, unread: 0.2, read: { median_ms: 900_000 } });
    expect(await set({ read: null })).toMatchObject({ read: null });
    await expect(set({ hides_reads: 1.5 })).rejects.toThrow(/400/);
    await expect(sandbox.control.call("POST", "chaos", { duplicates: 5 })).rejects.toThrow(/400/);
  });

  test("a share of the updates is told twice, the others once", async () => {
    await sandbox.control.call("POST", "crowd", { unreachable: 0 });
    await sandbox.control.call("POST", "chaos", { duplicates: 0.3 });
    subscriber.received.length = 0;
    const sent = await Promise.all(Array.from({ length: 200 }, () => sandbox.send(hello)));
    const wamids = sent.map(({ body }) => body.messages?.[0]?.id ?? "");
    await vi.waitFor(
      () =>
        expect(wamids.every((id) => subscriber.statusesOf(id).some(({ status }) => status === "delivered"))).toBe(true),
      { timeout: 8_000 },
    );
    const heard = wamids.flatMap((id) => subscriber.statusesOf(id).map(({ status }) => `${id} ${status}`));
    const twice = heard.length - new Set(heard).size;
    expect(twice).toBeGreaterThan(70);
    expect(twice).toBeLessThan(170);
  });
});
