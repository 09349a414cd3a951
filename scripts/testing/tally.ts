import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

/** What came out of a step: each test counts, and each check counts as one. */
export type Tally = { passed: number; failed: number; skipped: number };

export const noTally: Tally = { passed: 0, failed: 0, skipped: 0 };

/** A check without parts: one passed or one failed. */
export const asOne = (isPassed: boolean): Tally => ({ ...noTally, [isPassed ? "passed" : "failed"]: 1 });

export function add(left: Tally, right: Tally): Tally {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

/** The plain last line of every run. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

const VitestReport = z.object({
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** Counts a vitest JSON report. A file that could not even be loaded has no tests; it counts as one failed. */
export function vitestTally(file: string, exitCode: number | null): Tally {
  const report = readReport(file, VitestReport);
  if (!report) return asOne(false);
  let tally = noTally;
  for (const { status, assertionResults } of report.testResults) {
    if (assertionResults.length === 0 && status === "failed") tally = add(tally, asOne(false));
    for (const test of assertionResults) tally = add(tally, outcomeOf(test.status));
  }
  return withExitCode(tally, exitCode);
}

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** Counts a Playwright JSON report. A story that passed only when repeated has failed. */
export function playwrightTally(file: string, exitCode: number | null): Tally {
  const report = readReport(file, PlaywrightReport);
  if (!report) return asOne(false);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return withExitCode({ passed: expected, failed: unexpected + flaky, skipped }, exitCode);
}

const FaultReport = z.object({ runsPassed: z.number(), runsFailed: z.number() });

/** Counts the runs of the fault harness by its last line, one JSON object. */
export function faultTally(output: string, exitCode: number | null): Tally {
  const lastLine = output.trimEnd().split("\n").at(-1) ?? "";
  const report = FaultReport.safeParse(parseJson(lastLine));
  if (!report.success) return asOne(false);
  const { runsPassed, runsFailed } = report.data;
  return withExitCode({ ...noTally, passed: runsPassed, failed: runsFailed }, exitCode);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function outcomeOf(status: string): Tally {
  if (status === "passed") return asOne(true);
  return status === "failed" ? asOne(false) : { ...noTally, skipped: 1 };
}

/** A run that ended badly without naming a test (an unhandled error, a crash, no tests at all) has failed all the same. */
function withExitCode(tally: Tally, exitCode: number | null): Tally {
  const hasHiddenFailure = (exitCode !== 0 && tally.failed === 0) || tally.passed + tally.failed + tally.skipped === 0;
  return hasHiddenFailure ? add(tally, asOne(false)) : tally;
}

function readReport<T>(file: string, shape: z.ZodType<T>): T | null {
  if (!existsSync(file)) return null;
  try {
    return shape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}
