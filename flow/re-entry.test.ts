import { expect, test } from "vitest";
import { FlowSettings } from "./graph.ts";
import { mapResponse } from "./map-response.ts";
import { mayEnter } from "./re-entry.ts";
import { stopEnrollment } from "./stop-enrollment.ts";

const day = 86_400_000;
const now = 100 * day;
const never = { isInside: false, lastEnteredAt: undefined, now };
const inside = { isInside: true, lastEnteredAt: now - 40 * day, now };
const out = (days: number) => ({ isInside: false, lastEnteredAt: now - days * day, now });

test.each([
  ["never", {}, never, true],
  ["never", {}, out(900), false],
  ["after-exit", {}, inside, false],
  ["after-exit", {}, out(0), true],
  ["after-days", { days: 30 }, never, true],
  ["after-days", { days: 30 }, out(29), false],
  ["after-days", { days: 30 }, out(30), true],
  ["after-days", { days: 30 }, inside, false],
  ["every-event", {}, inside, true],
] as const)("re-entry %s %j", (mode, more, past, expected) => {
  expect(mayEnter(FlowSettings.parse({ reEntry: { mode, ...more } }), past)).toBe(expected);
});

test("a webhook's answer keeps what its paths find, null included", () => {
  const body = { level: 2, owner: { name: null }, list: [{ id: "a" }] };
  const mapping = { level: "level", owner: "owner.name", first: "list.0.id", lost: "list.9.id" };
  expect(mapResponse(mapping, body)).toEqual({ level: 2, owner: null, first: "a" });
});

test("who is stopped leaves with a trace, who is out stays out without one", () => {
  const event = { id: "e", name: "begin", properties: {}, at: now };
  const base = {
    visit: 3,
    visitsByNode: {},
    event,
    key: null,
    enteredAt: now,
    values: {},
    sent: [],
    endNote: null,
    goalAt: null,
  };
  const waiting = { ...base, status: "waiting", nodeId: "w", wait: { wakeAt: null }, endReason: null } as const;
  const stopped = stopEnrollment(waiting, { now, by: "opt-out" });
  expect(stopped.enrollment).toMatchObject({ status: "ended", nodeId: null, wait: null, endReason: "stopped" });
  expect(stopped.trace).toEqual([
    { visit: 3, nodeId: "w", at: now, kind: "ended", handle: null, detail: { reason: "stopped", by: "opt-out" } },
  ]);
  expect(stopEnrollment(stopped.enrollment, { now, by: "opt-out" })).toEqual({
    enrollment: stopped.enrollment,
    trace: [],
  });
});
