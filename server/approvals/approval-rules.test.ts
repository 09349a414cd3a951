import { expect, test } from "vitest";
import { ApprovalRules, type Change, neededFor } from "./approval-rules.ts";

const strict = ApprovalRules.parse({
  byCategory: { marketing: 2 },
  fraudOrMoney: 3,
  byReach: { people: 1000, needed: 2 },
});
const utility: Change = { category: "utility", purpose: null, people: null };
const service: Change = { category: null, purpose: "service", people: null };

test.each<[string, ApprovalRules, Change, number]>([
  ["one for everything, where nobody set rules", ApprovalRules.parse({}), utility, 1],
  ["two for a category that asks for two", strict, { ...utility, category: "marketing" }, 2],
  ["one for the other category", strict, utility, 1],
  ["three for a flow about fraud", strict, { ...service, purpose: "fraud" }, 3],
  ["and about money", strict, { ...service, purpose: "transaction" }, 3],
  ["one for another flow", strict, service, 1],
  ["two for whom many people hear", strict, { ...service, people: 1000 }, 2],
  ["one just below", strict, { ...service, people: 999 }, 1],
  ["the strictest rule counts", strict, { category: null, purpose: "fraud", people: 5000 }, 3],
])("%s", (_, rules, change, expected) => expect(neededFor(rules, change)).toBe(expected));
