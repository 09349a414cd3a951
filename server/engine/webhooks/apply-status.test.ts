import { expect, test } from "vitest";
import { applyStatus, type Progress, type StatusEvent } from "./apply-status.ts";

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
};

const times = { sent: 1, delivered: 2, read: 3, failed: 4 } as const;
const event = (status: StatusEvent["status"]): StatusEvent => ({
  kind: "status",
  phoneNumberId: "1",
  wamid: "wamid.1",
  ref: null,
  status,
  at: times[status],
  errorCode: status === "failed" ? 131_026 : null,
  errorDetail: null,
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
