import { expect, test } from "vitest";
import { ApprovalRules, type Change, neededFor } from "./approval-rules.ts";

const strict = ApprovalRules.parse({
  byCategory: { marketing: 2 },
  fraudOrMoney: 3,
  byReach: { people: 1000, needed: 2 },
});
const utility: Change = { categories: ["utility"], purposes: [], people: null };
const service: Change = { categories: [], purposes: ["service"], people: null };

test.each<[string, ApprovalRules, Change, number]>([
  ["one for everything, where nobody set rules", ApprovalRules.parse({}), utility, 1],
  ["two for a category that asks for two", strict, { ...utility, categories: ["marketing"] }, 2],
  ["one for the other category", strict, utility, 1],
  ["three for a flow about fraud", strict, { ...service, purposes: ["fraud"] }, 3],
  ["and about money", strict, { ...service, purposes: ["transaction"] }, 3],
  ["one for another flow", strict, service, 1],
  ["two for whom many people hear", strict, { ...service, people: 1000 }, 2],
  ["one just below", strict, { ...service, people: 999 }, 1],
  ["three for a flow about fraud that becomes another", strict, { ...service, purposes: ["service", "fraud"] }, 3],
  ["two for a flow that sends one of that category", strict, { ...service, categories: ["utility", "marketing"] }, 2],
  ["three for a text that a flow about money sends", strict, { ...utility, purposes: ["transaction"] }, 3],
  ["two for more people than can be counted", strict, { ...service, people: "uncounted" }, 2],
  ["the strictest rule counts", strict, { categories: [], purposes: ["fraud"], people: 5000 }, 3],
])("%s", (_, rules, change, expected) => expect(neededFor(rules, change)).toBe(expected));
