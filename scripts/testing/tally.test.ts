import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureLines, faultTally, playwrightTally, tallyLine, vitestTally } from "./tally.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tally-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (report: unknown): string => {
  const file = path.join(folder, "report.json");
  writeFileSync(file, typeof report === "string" ? report : JSON.stringify(report));
  return file;
};
const tests = (...statuses: string[]) => ({
  status: "passed",
  assertionResults: statuses.map((status) => ({ status })),
});
const broken = { status: "failed", assertionResults: [] };
const stats = { expected: 4, unexpected: 0, flaky: 0, skipped: 1 };

test.each([
  [
    "every test counts",
    { testResults: [tests("passed", "passed"), tests("failed", "skipped", "todo")] },
    1,
    "2 passed, 1 failed, 2 skipped",
  ],
  ["a file that cannot be loaded has failed", { testResults: [tests("passed"), broken] }, 1, "1 passed, 1 failed"],
  ["a bad end without a failed test is a failure", { testResults: [tests("passed")] }, 1, "1 passed, 1 failed"],
  ["no test at all is a failure", { testResults: [] }, 0, "0 passed, 1 failed"],
  ["a report that cannot be read is a failure", "{", 0, "0 passed, 1 failed"],
])("unit tests: %s", (_, report, exitCode, line) => expect(tallyLine(vitestTally(write(report), exitCode))).toBe(line));

test.each([
  ["every story counts", { stats, errors: [] }, 0, "4 passed, 0 failed, 1 skipped"],
  [
    "one that passed only the second time has failed",
    { stats: { ...stats, flaky: 2 }, errors: [] },
    0,
    "4 passed, 2 failed, 1 skipped",
  ],
  ["a crash is a failure", { stats, errors: [{ message: "no config" }] }, 1, "4 passed, 1 failed, 1 skipped"],
])("browser stories: %s", (_, report, exitCode, line) =>
  expect(tallyLine(playwrightTally(write(report), exitCode))).toBe(line),
);

test("a run that left no report has failed", () => {
  expect(tallyLine(vitestTally(path.join(folder, "none.json"), 0))).toBe("0 passed, 1 failed");
});

const line = (facts: object) => `a table\n${JSON.stringify(facts)}\n`;

test.each([
  ["every run counts", line({ runsPassed: 3, runsFailed: 0 }), 0, "3 passed, 0 failed"],
  ["a promise that did not hold is a failure", line({ runsPassed: 2, runsFailed: 1 }), 1, "2 passed, 1 failed"],
  ["a run that died before its last line has failed", "a table", 0, "0 passed, 1 failed"],
  ["no run at all is a failure", line({ runsPassed: 0, runsFailed: 0 }), 0, "0 passed, 1 failed"],
])("fault smoke: %s", (_, output, exitCode, expected) =>
  expect(tallyLine(faultTally(output, exitCode))).toBe(expected),
);

describe("what failed is named at the end, where a long run is read first", () => {
  test("a unit test by its file and name, with what it said", () => {
    const failed = {
      status: "failed",
      fullName: "adds up",
      failureMessages: ["\u001b[31mexpected 2\u001b[39m\nto be 3"],
    };
    const report = { testResults: [{ name: "sum.test.ts", status: "failed", assertionResults: [failed] }] };
    expect(failureLines(vitestTally(write(report), 1).failures)).toBe(
      "✘ sum.test.ts › adds up\n    expected 2\n    to be 3",
    );
  });
  test("a story by its file, line and title, however deep its suite is", () => {
    const failed = (status: string) => ({ status, results: [{ errors: [{ message: "no such button" }] }] });
    const specs = [
      { title: "It is told", ok: false, file: "told.spec.ts", line: 4, tests: [failed("unexpected")] },
      { title: "It is heard", ok: true, file: "told.spec.ts", line: 9, tests: [failed("flaky")] },
      { title: "It is well", ok: true, file: "told.spec.ts", line: 14, tests: [{ status: "expected", results: [] }] },
    ];
    const report = { stats: { ...stats, unexpected: 1, flaky: 1 }, errors: [], suites: [{ suites: [{ specs }] }] };
    expect(failureLines(playwrightTally(write(report), 1).failures)).toBe(
      "✘ told.spec.ts:4 › It is told\n    no such button\n\n✘ told.spec.ts:9 › It is heard\n    no such button",
    );
  });
  test("a fault run by the end of what it printed", () => {
    const { failures } = faultTally(line({ runsPassed: 2, runsFailed: 1 }), 1);
    expect(failureLines(failures)).toBe("✘ the fault smoke ended with\n    a table");
  });
  test("a run that ended badly without naming a test, by its exit code", () => {
    const { failures } = vitestTally(write({ testResults: [tests("passed")] }), 7);
    expect(failureLines(failures)).toBe("✘ a run that named no failure\n    It ended with exit code 7.");
  });
  test("a long message is cut", () => {
    const why = Array.from({ length: 40 }, (_, index) => `line ${index}`).join("\n");
    expect(failureLines([{ title: "long", why }]).split("\n")).toHaveLength(13);
  });
});
