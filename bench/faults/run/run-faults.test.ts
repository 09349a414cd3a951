import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { defineFault } from "../contract.ts";
import { type FaultRun, share } from "./run-faults.ts";

const [one, two] = ["F1", "F2"].map((id) => defineFault({ id, title: id, inject: async () => undefined }));
if (!one || !two) throw new Error("Both faults are needed.");
const runs: FaultRun[] = [1, 2, 3].flatMap((seed) => [
  { fault: one, seed },
  { fault: two, seed },
]);

test.each([1, 2, 3])("--jobs %s: every fault runs with every seed once, and none twice at a time", async (jobs) => {
  const begun: FaultRun[] = [];
  const underWay: FaultRun[] = [];
  let most = 0;
  const places = Array.from({ length: jobs }, (_, place) => place);
  await share(runs, places, async (run) => {
    expect(underWay.map(({ fault }) => fault)).not.toContain(run.fault);
    begun.push(run);
    underWay.push(run);
    most = Math.max(most, underWay.length);
    await delay(run.fault === one ? 1 : 5);
    underWay.splice(underWay.indexOf(run), 1);
  });
  expect(new Set(begun)).toEqual(new Set(runs));
  expect(begun).toHaveLength(runs.length);
  // There are two faults: a third job has nothing to do.
  expect(most).toBe(Math.min(jobs, 2));
});
