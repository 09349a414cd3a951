import { expect, test } from "vitest";
import type { Json } from "#flow/json.ts";
import { type ProfileWrite, profileAt, writesOf } from "./profile-at.ts";

const today = {
  id: "p",
  firstName: "Kofi",
  locale: "en",
  timezone: null,
  attributes: { kycLevel: 3, plan: "gold" },
  tags: ["vip"],
};
const identify = { kind: "identify" as const };
const flow = { kind: "flow" as const, flowId: "f" };
const at = 100;

const said = (when: number, name: string, value: Json): ProfileWrite => ({ at: when, source: identify, name, value });
const raised = (when: number, by: number): ProfileWrite => ({ at: when, source: flow, name: "kycLevel", by });

test.each<[string, ProfileWrite[], boolean, Json | undefined, string, number | null]>([
  ["nothing ever wrote it: it is what it is today", [], false, 3, "then", null],
  ["nothing wrote it since: what it is today, and by whom", [said(50, "kycLevel", 3)], false, 3, "then", 50],
  ["in the very moment counts as before", [said(100, "kycLevel", 3)], false, 3, "then", 100],
  ["written since: the write before", [said(50, "kycLevel", 1), said(150, "kycLevel", 3)], false, 1, "then", 50],
  ["taken away before", [said(50, "kycLevel", null), said(150, "kycLevel", 3)], false, undefined, "then", 50],
  ["raised by a flow", [said(50, "kycLevel", 1), raised(60, 1), raised(150, 1)], false, 2, "then", 60],
  ["set by a flow after a system", [said(50, "kycLevel", 1), raised(150, 2)], false, 1, "then", 50],
  ["written only since, and the beginning is not kept", [said(150, "kycLevel", 3)], false, 3, "now", null],
  ["written only since, and nothing came before", [said(150, "kycLevel", 3)], true, undefined, "then", null],
])("%s", (_, writes, isWhole, value, asOf, setAt) => {
  const past = profileAt({ today, writes, isWhole }, at);
  expect(past.facts.attributes.kycLevel).toEqual(value);
  expect(past.facts.attributes.plan).toBe("gold");
  const origin = past.originOf("kycLevel");
  expect({ asOf: origin.asOf, setAt: origin.setBy?.at ?? null }).toEqual({ asOf, setAt });
});

test("built-in fields are no attributes", () => {
  const writes = [said(50, "locale", "fr"), said(150, "locale", "en")];
  const { facts } = profileAt({ today, writes, isWhole: false }, at);
  expect(facts).toMatchObject({ locale: "fr", firstName: "Kofi", attributes: { kycLevel: 3, plan: "gold" } });
});

test("of tags that were changed since only today's are known", () => {
  const writes = writesOf([{ op: "add-tag", tag: "vip" }], { at: 150, flowId: "f" });
  const past = profileAt({ today, writes, isWhole: true }, at);
  expect(past.facts.tags).toEqual(["vip"]);
  expect(past.originOf("tags")).toEqual({ asOf: "now", setBy: null });
});
