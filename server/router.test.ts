import { expect, test } from "vitest";
import { asksConfirmation, type Verb, verbs } from "./auth/permissions.ts";
import { appRouter } from "./router.ts";

const procedures = Object.entries<object>({ ...appRouter._def.procedures });

test("the walk sees the product's procedures", () => {
  expect(procedures.length).toBeGreaterThan(10);
});

test.each(procedures)("%s names a verb of the permission table", (_, procedure) => {
  expect(procedure).toHaveProperty("_def.meta.verb", expect.toBeOneOf(Object.keys(verbs)));
});

type Meta = { _def: { meta?: { verb: Verb } } };
const asking = procedures
  .filter(([, procedure]) => {
    const verb = (procedure as Meta)._def.meta?.verb;
    return verb !== undefined && asksConfirmation(verb);
  })
  .map(([path]) => path);

test("these ask for a fresh second factor, and no others", () => {
  expect(asking.sort()).toEqual([
    "accessKeys.make",
    "accessKeys.revoke",
    "approvals.decide",
    "audit.export",
    "contacts.erase",
    "dashboard.export",
    "experiments.consent",
    "experiments.export",
    "flows.export",
    "flows.planPublish",
    "flows.publish",
    "flows.rollBack",
    "people.cancelInvitation",
    "people.changeRole",
    "people.invite",
    "people.remove",
    "people.resetSecondFactor",
    "secondFactor.setApproverRule",
    "templates.export",
    "templates.submit",
  ]);
});

test("whatever exports, publishes, submits, erases or decides asks for one: give it a verb of the confirmed ones in permissions.ts", () => {
  const wide = procedures
    .map(([path]) => path)
    .filter((path) => /\.(export|publish|erase|decide)|\.submit$/i.test(path));
  expect(wide.filter((path) => !asking.includes(path))).toEqual([]);
});
