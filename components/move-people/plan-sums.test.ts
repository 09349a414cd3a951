import { expect, test } from "vitest";
import type { MoveStep } from "#flow/move-plan.ts";
import { planOf, sumsOf } from "./plan-sums.ts";

const step = (nodeId: string, people: number, overAtOnce: number | null = null) => ({
  nodeId,
  people,
  overAtOnce,
  isThere: true,
});
const act = (nodeId: string, what: MoveStep["act"], to: string | null = null): MoveStep => ({
  versionId: "v",
  nodeId,
  act: what,
  to,
});

test("a plan says whom it moves, keeps and lets leave, and what happens at once", () => {
  const steps = [step("wait", 10, 4), step("offer", 3), step("gone", 2, 1), step("end", 5)];
  const choices = new Map([
    ["wait", act("wait", "move", "wait")],
    ["offer", act("offer", "keep")],
    ["gone", act("gone", "move", "offer")],
    ["end", act("end", "exit")],
  ]);
  const sums = sumsOf(steps, ({ nodeId }) => choices.get(nodeId) ?? act(nodeId, "keep"));
  expect(sums).toEqual({ moved: 12, kept: 3, exited: 5, atOnce: 4, entering: 2 });
});

test("where nobody is inside there is nothing to plan", () => {
  expect(planOf([], 120)).toBeNull();
  expect(planOf([act("a", "keep")], 60)).toEqual({ steps: [act("a", "keep")], spreadMinutes: 60 });
});
