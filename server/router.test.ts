import { expect, test } from "vitest";
import { verbs } from "./auth/permissions.ts";
import { appRouter } from "./router.ts";

const procedures = Object.entries<object>({ ...appRouter._def.procedures });

test("the walk sees the product's procedures", () => {
  expect(procedures.length).toBeGreaterThan(10);
});

test.each(procedures)("%s names a verb of the permission table", (_, procedure) => {
  expect(procedure).toHaveProperty("_def.meta.verb", expect.toBeOneOf(Object.keys(verbs)));
});
