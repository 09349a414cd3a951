import fc from "fast-check";
import { expect, test } from "vitest";
import { generatedFlows, isPublishable } from "./generated-flow.ts";
import { type KnownFlow, knownFlows, purposeOfTemplate, worldTemplates } from "./known-flow.ts";
import { starterFlows } from "./starter-flow.ts";

const everyFlow: readonly KnownFlow[] = [...knownFlows, ...starterFlows];

test.each(everyFlow.map((flow) => [flow.name, flow] as const))("%s could be published", (_, flow) =>
  expect(isPublishable(flow, worldTemplates)).toBe(true),
);

test("whatever is generated could be published, and is the same for the same seed", () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
      const flows = generatedFlows(seed, 3);
      expect(flows.every((flow) => isPublishable(flow, worldTemplates))).toBe(true);
      expect(generatedFlows(seed, 3)).toEqual(flows);
    }),
    { numRuns: 60 },
  ));

test("the name of each template tells its purpose, so that the provider's record alone can be judged", () => {
  for (const { purpose, templates = [] } of everyFlow)
    for (const { name } of templates) expect(purposeOfTemplate(name)).toBe(purpose);
});
