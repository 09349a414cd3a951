import { expect, test } from "vitest";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { stepsBefore } from "./steps-before.ts";

const graph = kycReminder.graph;
const [first, second] = graph.nodes.filter((node) => node.type === "send");
const sent = (node: typeof first) => String(node?.data.template);

test("who waits between two messages is still to get the second one, and not the first", () => {
  const wait = graph.edges.find((edge) => edge.source === first?.id && edge.sourceHandle === "next")?.target ?? "";
  expect(stepsBefore(graph, sent(second)).has(wait)).toBe(true);
  expect(stepsBefore(graph, sent(first)).has(wait)).toBe(false);
});

test("a step that jumps back to a message is before it", () => {
  const jump = { id: "back", type: "go-to", position: { x: 0, y: 0 }, data: { nodeId: first?.id ?? "" } };
  const looped = { ...graph, nodes: [...graph.nodes, jump] };
  expect(stepsBefore(looped, sent(first)).has("back")).toBe(true);
});

test("nobody is before a message that no step sends", () => expect(stepsBefore(graph, "other").size).toBe(0));
