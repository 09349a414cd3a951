import { expect, test } from "vitest";
import { settledMessage } from "./settled-message.ts";
import type { Settlement } from "./settlement.ts";

const second = (count: number) => new Date(count * 1000);
const sent = { kind: "sent", wamid: "wamid.1", waId: null } as const satisfies Settlement;
const message = {
  workspaceId: "w",
  lane: 0,
  createdAt: second(10),
  notBefore: second(10),
  releasedAt: null,
  attempts: 0,
};

test.each([
  ["from when it was asked for", {}, 20_000],
  ["not while it waited for its hours", { notBefore: second(25) }, 5_000],
  ["while it waited for another try", { notBefore: second(25), attempts: 1 }, 20_000],
  ["not while somebody held it", { releasedAt: second(28) }, 2_000],
  ["not while it was held, also on another try", { releasedAt: second(28), attempts: 1 }, 2_000],
  ["from when it was asked for, when a hold was over by then", { releasedAt: second(5) }, 20_000],
])("a message counts as waiting %s", (_, change, waitedMs) => {
  const settled = { message: { ...message, ...change }, at: second(30), settlement: sent };
  expect(settledMessage(settled)).toEqual([{ workspaceId: "w", lane: 0, waitedMs, isSent: true }]);
});

test("a call that was not begun counts for nothing yet", () => {
  expect(settledMessage({ message, at: second(30), settlement: { kind: "returned" } })).toEqual([]);
});
