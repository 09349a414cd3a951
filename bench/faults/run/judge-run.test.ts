import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { gate, judgeRun } from "./judge-run.ts";
import { Phases } from "./phases.ts";
import type { FaultResult } from "./run-fault.ts";
import { writeResults } from "./write-results.ts";

const clean = { lost: 0, doubled: 0, flagged: 0, unknown: 0, "over-cap": 0, consent: 0, wrong: 0 };

const aRun = (run: Partial<FaultResult> = {}): FaultResult => ({
  id: "F1",
  title: "a worker is killed",
  seed: 1,
  events: 20_000,
  messages: 15_000,
  counts: clean,
  broken: [],
  recoverySeconds: 1.5,
  latency: { before: 40, during: 900, after: 50 },
  megabytes: 140,
  lateMs: 0,
  seconds: 20,
  phases: new Phases(),
  notes: {},
  skipped: null,
  hasPassed: true,
  ...run,
});

/** Two faults with so many seeds each: three make 120,000 events. */
const runsOf = (seeds: number, run: Partial<FaultResult> = {}): FaultResult[] =>
  Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) => [
    aRun({ seed, ...run }),
    aRun({ id: "F2", title: "another fault", seed }),
  ]);

const full = { isFull: true };
const broken = (counts: Partial<FaultResult["counts"]>) => runsOf(3, { counts: { ...clean, ...counts } });

test.each([
  ["three seeds, enough events and nothing broken", runsOf(3), full, true, /gate is passed \(120,000 events, 2 faults/],
  ["more seeds than it takes", runsOf(4), full, true, /gate is passed/],
  ["exactly as many events as it takes", runsOf(5, { events: 0 }), full, true, /gate is passed \(100,000 events/],
  ["one event too few", [...runsOf(4, { events: 4_999 }), aRun({ id: "F3", events: 3 })], full, false, /saw 99,999/],
  ["too few seeds", runsOf(2, { events: 40_000 }), full, false, /it takes 3 seeds and saw 2/],
  ["a fault that not all seeds saw", [...runsOf(3), aRun({ id: "F3" })], full, false, /it takes 3 seeds and saw 1/],
  ["nothing at all", [], full, false, /saw 0; it takes 3 seeds and saw 0/],
  [
    "a fault that this machine cannot make",
    [...runsOf(3), aRun({ id: "F9", events: 0, skipped: "no root" })],
    full,
    true,
    /Skipped: F9/,
  ],
  ["a loss, whatever the run says of itself", broken({ lost: 1 }), full, false, /3 lost/],
  ["a silent duplicate", broken({ doubled: 1 }), full, false, /3 doubled in silence/],
  ["a message over the cap", broken({ "over-cap": 1 }), full, false, /3 over the cap/],
  ["a message against consent", broken({ consent: 1 }), full, false, /3 against consent/],
  [
    "unknown outcomes and marked duplicates that are excused",
    broken({ unknown: 9, flagged: 2 }),
    full,
    true,
    /is passed/,
  ],
  [
    "a promise of a fault's own that was broken",
    runsOf(3, { hasPassed: false }),
    full,
    false,
    /NOT HELD: F1\..*NOT passed/,
  ],
  ["part of it, all held", runsOf(1), { isFull: false }, true, /is not the gate/],
  [
    "part of it, one not held",
    runsOf(1, { hasPassed: false }),
    { isFull: false },
    false,
    /NOT HELD: F1\..*is not the gate/,
  ],
  ["planted bugs, which break the counts, found", broken({ lost: 5 }), { isFull: false }, true, /is not the gate/],
])("the judgement of a run: %s", (_, results, plan, holds, words) => {
  const verdict = judgeRun(results, plan);
  expect(verdict.holds).toBe(holds);
  expect(verdict.sentences.join(" ")).toMatch(words);
});

test("the gate is what docs/reliability.md promises", () => {
  expect(gate).toEqual({ events: 100_000, seeds: 3 });
});

test("a written run says how it was made, above its table, and leaves the rest of the page alone", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "chasqui-page-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const page = path.join(folder, "page.md");
  writeFileSync(page, "before\n<!-- results: npm run faults -- --write -->\nold\n<!-- end of results -->\nafter\n");
  const results = runsOf(3);
  const facts = { seeds: [1, 2, 3], jobs: 2, seconds: 3_725, command: "npm run faults -- --jobs 2 --write" };
  writeResults(results, facts, judgeRun(results, full), page);
  // Twice: what is written can be written anew.
  writeResults(results, facts, judgeRun(results, full), page);
  const text = readFileSync(page, "utf8");
  expect(text).toMatch(/^before\n<!-- results.*<!-- end of results -->\nafter\n$/s);
  expect(text).not.toContain("old");
  const [above, table] = text.split("| fault |");
  expect(above).toContain("The gate is passed");
  expect(above).toContain("120,000 events, 90,000 messages at the provider, 2 faults, seeds 1, 2, 3, 1 h 2 min");
  expect(above).toContain("`npm run faults -- --jobs 2 --write`");
  expect(above).toMatch(/commit \w+; \d+ cores \(.+\), Node v\d+/);
  expect(above).toContain("2 faults ran at once");
  expect(table).toContain(
    "| F1 a worker is killed | 60,000 | 45,000 | 0 | 0 | 0 | 0 | 0 | 0 | 1.5 | 40 / 900 / 50 | 140 | held |",
  );
});
