import { expect, test } from "vitest";
import { createLog } from "#server/log.ts";
import { Loop } from "./loop.ts";

const log = createLog("worker");
const longMs = 60_000;

/** A loop that begins late and counts its steps. */
function lateLoop() {
  const steps: string[] = [];
  const loop = new Loop("late", log, async () => {
    steps.push("step");
    return { withinMs: longMs };
  });
  loop.start(longMs);
  return { loop, steps };
}

test("a loop that is to begin later begins when it is woken", async () => {
  const { loop, steps } = lateLoop();
  expect(steps).toEqual([]);
  loop.wake();
  await expect.poll(() => steps.length).toBe(1);
  await loop.stop();
});

test("a loop that is stopped before its first step takes none", async () => {
  const { loop, steps } = lateLoop();
  await loop.stop();
  expect(steps).toEqual([]);
});
