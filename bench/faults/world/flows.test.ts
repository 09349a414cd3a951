import fc from "fast-check";
import { expect, test } from "vitest";
import { nodeTypes } from "#flow/nodes/index.ts";
import { faultsOf, generatedFlows } from "./generated-flow.ts";
import { type KnownFlow, knownFlows, purposeOfTemplate, worldTemplates } from "./known-flow.ts";
import { starterFlows } from "./starter-flow.ts";

const everyFlow: readonly KnownFlow[] = [...knownFlows, ...starterFlows];

test.each(everyFlow.map((flow) => [flow.name, flow] as const))("%s could be published", (_, flow) =>
  expect(faultsOf(flow, worldTemplates)).toEqual([]),
);

const anySeed = fc.integer({ min: 1, max: 10_000 });
const typesOf = (flows: readonly KnownFlow[]) =>
  new Set(flows.flatMap(({ graph }) => graph.nodes.map(({ type }) => type)));

test("whatever is generated could be published, and is the same for the same seed", () =>
  fc.assert(
    fc.property(anySeed, (seed) => {
      const flows = generatedFlows(seed);
      expect(flows.flatMap((flow) => faultsOf(flow, worldTemplates))).toEqual([]);
      expect(generatedFlows(seed)).toEqual(flows);
    }),
    { numRuns: 60 },
  ));

test("every type of step stands in the flows of every seed: a new one has to be drawn, too", () =>
  fc.assert(
    fc.property(anySeed, (seed) => {
      const drawn = typesOf(generatedFlows(seed));
      expect(nodeTypes.map(({ type }) => type).filter((type) => !drawn.has(type))).toEqual([]);
    }),
    { numRuns: 60 },
  ));

test("the name of each template tells its purpose, so that the provider's record alone can be judged", () => {
  for (const { purpose, templates = [] } of everyFlow)
    for (const { name } of templates) expect(purposeOfTemplate(name)).toBe(purpose);
});
