import fc from "fast-check";
import { expect, test } from "vitest";
import { applyStatus, isSameProgress, type Progress, type StatusEvent } from "./apply-status.ts";

const sending: Progress = {
  status: "sending",
  reason: null,
  errorCode: null,
  errorDetail: null,
  wamid: null,
  sentAt: null,
  deliveredAt: null,
  readAt: null,
  failedAt: null,
  pricingType: null,
  pricingCategory: null,
};

const times = { sent: 1000, delivered: 2000, read: 3000, played: 3500, failed: 4000 } as const;
const event = (status: StatusEvent["status"]): StatusEvent => ({
  kind: "status",
  phoneNumberId: "1",
  wamid: "wamid.1",
  ref: null,
  status,
  at: times[status],
  errorCode: status === "failed" ? 131_026 : null,
  errorDetail: null,
  errorClass: null,
  isUnreachable: false,
  recipient: { waId: null, bsuid: null },
  pricing: null,
  conversation: null,
});

const after = (statuses: readonly StatusEvent["status"][], from = sending) =>
  statuses.map(event).reduce(applyStatus, from);

test.each([
  [["sent", "delivered", "read"], "read"],
  [["read"], "read"],
  [["sent", "failed"], "failed"],
  [["failed", "sent"], "failed"],
  [["failed", "delivered"], "delivered"],
  [["delivered", "failed"], "delivered"],
  [["delivered", "sent"], "delivered"],
  [["delivered", "played"], "read"],
] as const)("%j leads to %s", (statuses, expected) => expect(after(statuses).status).toBe(expected));

function* permutations<Item>(items: readonly Item[]): Generator<Item[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries())
    for (const rest of permutations(items.toSpliced(index, 1))) yield [item, ...rest];
}

test.each([
  [["sent", "delivered", "read", "failed"]],
  [["sent", "delivered", "failed"]],
  [["sent", "failed"]],
  [["sent", "delivered", "read", "played"]],
  [["sent", "sent", "delivered", "read", "read"]],
] as const)("every order of %j gives the same message", (statuses) => {
  const expected = after(statuses);
  for (const order of permutations(statuses)) expect(after(order)).toEqual(expected);
});

test("a message that never left is not moved by a stray status", () => {
  expect(after(["delivered"], { ...sending, status: "skipped" }).status).toBe("skipped");
});

test("a status clears up an unknown outcome", () => {
  const unknown = { ...sending, status: "unknown", reason: "unknown-outcome" };
  expect(after(["sent"], unknown)).toMatchObject({ status: "sent", reason: null, wamid: "wamid.1" });
});

const anyPricing = fc.constantFrom(
  null,
  { type: "regular", category: "utility", model: "PMP" },
  { type: "free_customer_service", category: "utility", model: "PMP" },
  { type: null, category: "service", model: "CBP" },
);

const anyEvent = fc.record({
  status: fc.constantFrom("sent", "delivered", "read", "played", "failed"),
  pricing: anyPricing,
  at: fc.integer({ min: 0, max: 4000 }),
  errorCode: fc.constantFrom(131_026, 131_049, 131_053),
});

test("any statuses at any times, in any order and any number of times, give the same message", () => {
  const befores = fc.constantFrom<Progress>(
    sending,
    { ...sending, status: "sent", wamid: "wamid.1", sentAt: 1500 },
    { ...sending, status: "unknown", reason: "unknown-outcome" },
    { ...sending, reason: "resent" },
  );
  const lists = fc
    .array(anyEvent, { maxLength: 8 })
    .chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 })),
    );
  const eventOf = ({
    status,
    at,
    errorCode,
    pricing,
  }: typeof anyEvent extends fc.Arbitrary<infer Item> ? Item : never) => ({
    ...event(status),
    at,
    pricing,
    errorCode: status === "failed" ? errorCode : null,
  });
  fc.assert(
    fc.property(befores, lists, (before, [events, shuffled]) => {
      const once = events.map(eventOf).reduce(applyStatus, before);
      expect(shuffled.map(eventOf).reduce(applyStatus, before)).toEqual(once);
      expect(isSameProgress(events.map(eventOf).reduce(applyStatus, once), once)).toBe(true);
    }),
    { numRuns: 2000, seed: 7 },
  );
});

test("the provider's full second does not blur our own time, and a message that went out twice stays marked", () => {
  const settled = { ...sending, status: "sent", wamid: "wamid.1", sentAt: 1500, reason: "resent" };
  expect(applyStatus(settled, event("sent"))).toEqual(settled);
  expect(after(["failed"], settled)).toMatchObject({ status: "failed", reason: "resent", errorCode: 131_026 });
});

test("what a message is charged as is noted, but is no reason to write a message that has not arrived", () => {
  const pricing = { type: "regular", category: "utility", model: "PMP" };
  const settled = { ...sending, status: "sent", wamid: "wamid.1", sentAt: 1000 };
  const sent = applyStatus(settled, { ...event("sent"), pricing });
  expect(isSameProgress(settled, sent)).toBe(true);
  const delivered = applyStatus(settled, { ...event("delivered"), pricing });
  expect(delivered).toMatchObject({ status: "delivered", pricingType: "regular", pricingCategory: "utility" });
  const before = { ...delivered, pricingType: null, pricingCategory: null };
  expect(isSameProgress(before, applyStatus(before, { ...event("delivered"), pricing }))).toBe(false);
});
