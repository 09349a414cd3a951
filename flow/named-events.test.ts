import { expect, test } from "vitest";
import { FlowSettings } from "./graph.ts";
import { namedEvents } from "./named-events.ts";

test("a graph names events in triggers, waits, its goal and its exit criteria, also while it is a draft", () => {
  const position = { x: 0, y: 0 };
  const sources = [
    { kind: "reply", id: "r" },
    { kind: "event", id: "e", event: "kyc.completed" },
    { kind: "event", event: "" },
    "?",
  ];
  const nodes = [
    { id: "t", type: "trigger-event", data: { event: "kyc.incomplete" }, position },
    { id: "w", type: "wait-until", data: { sources }, position },
    { id: "h", type: "webhook", data: { body: { event: "event.id" } }, position },
    { id: "x", type: "unknown", data: { event: "no" }, position },
  ];
  const settings = FlowSettings.parse({
    goal: { event: "kyc.completed", windowHours: 1 },
    exitOn: [{ event: "account.closed" }],
  });
  expect(namedEvents({ schemaVersion: 1, nodes, edges: [], settings })).toEqual([
    "kyc.incomplete",
    "kyc.completed",
    "account.closed",
  ]);
});
