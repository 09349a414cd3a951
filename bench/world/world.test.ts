import { describe, expect, test, vi } from "vitest";
import { nodeTypeOf } from "#flow/nodes/index.ts";
import { isRunnable, validate } from "#flow/validate.ts";
import { bankFlows } from "#server/demo/world/flows.ts";
import { stepsOf } from "./play.ts";
import { type Comparison, holds } from "./truths.ts";
import { judgeWorld } from "./verdict.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const plan = { seed: 1, startsAt: Date.UTC(2026, 11, 1), days: 28, people: 10, stepMinutes: 150 };

describe("steps of the clock", () => {
  test("go forward to the last moment of the last day, none longer than they may be, and each lies in its day", () => {
    const days = stepsOf(plan);
    const all = days.flat();
    expect(days).toHaveLength(28);
    expect(all.at(-1)).toBe(plan.startsAt + 28 * dayMs);
    for (const [index, at] of all.entries()) {
      const before = all[index - 1] ?? plan.startsAt;
      expect(at).toBeGreaterThan(before);
      expect(at - before).toBeLessThanOrEqual(1.4 * 150 * 60_000);
    }
    for (const [day, steps] of days.entries())
      for (const at of steps) {
        expect(at).toBeGreaterThan(plan.startsAt + day * dayMs);
        expect(at).toBeLessThanOrEqual(plan.startsAt + (day + 1) * dayMs);
      }
  });

  test("leave no hour of the day out", () => {
    const hours = new Set(
      stepsOf(plan)
        .flat()
        .map((at) => Math.floor((at % dayMs) / hourMs)),
    );
    expect(hours.size).toBe(24);
  });
});

describe("the verdict about a world", () => {
  const found = (more: Partial<Comparison>): Comparison => ({
    ...{ what: "Loans", truth: 0.04, found: 0.041, n: 20_000 },
    usual: [0.038, 0.044],
    strict: [0.036, 0.046],
    ...more,
  });
  const judge = (comparison: Comparison, inTheBank = 7) => {
    const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const problems = judgeWorld([comparison], [{ what: "Messages out", atTheDoors: 7, inTheBank }]);
    written.mockRestore();
    return problems;
  };

  test.each([
    ["the truth is within", found({}), 7, []],
    ["it is outside of its own interval, as one in twenty is", found({ usual: [0.0405, 0.044] }), 7, []],
    [
      "it is outside of what all together may miss",
      found({ strict: [0.0401, 0.046] }),
      7,
      ["Loans: the truth is outside of the interval."],
    ],
    ["a message is missing", found({}), 6, ["Messages out: 7 at the doors, 6 in the bank."]],
    ["nothing can be told yet", found({ found: null, usual: [null, null], strict: [null, null] }), 7, []],
  ])("%s", (_, comparison, inTheBank, problems) => expect(judge(comparison, inTheBank)).toEqual(problems));

  test.each([
    [[0.1, 0.2], 0.1, true],
    [[0.1, 0.2], 0.21, false],
    [[null, 0.2], 0.01, true],
    [[0.1, null], 0.01, false],
  ] as const)("%j with the truth %f", ([low, high], truth, is) => expect(holds([low, high], truth)).toBe(is));
});

describe("the bank's flows", () => {
  const flows = bankFlows("http://127.0.0.1:9/accounts");

  test.each(flows.map((flow) => [flow.name, flow] as const))(
    "%s can go live in the languages of its customers",
    (_, { graph, templates }) => {
      const approved = flows
        .flatMap((flow) => flow.templates)
        .map((template) => ({
          ...template,
          languages: template.languages.map((content) => ({ ...content, status: "approved" as const })),
        }));
      const problems = validate(graph, { templates: approved });
      expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(isRunnable(problems)).toBe(true);
      expect(graph.nodes.every(({ type }) => nodeTypeOf(type) !== undefined)).toBe(true);
      for (const template of templates)
        expect(template.languages.map(({ language }) => language)).toEqual(["es", "pt_BR"]);
    },
  );
});
