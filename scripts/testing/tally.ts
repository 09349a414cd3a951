import { existsSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

/** A test that failed, by a name that finds it, and what it said. */
export type Failure = { title: string; why: string };

/** What came out of a step: each test counts, and each check counts as one. */
export type Tally = { passed: number; failed: number; skipped: number; failures: readonly Failure[] };

export const noTally: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** A check without parts: one passed, or one failed for this reason. */
export const asOne = (isPassed: boolean, failure?: Failure): Tally =>
  isPassed ? { ...noTally, passed: 1 } : { ...noTally, failed: 1, failures: failure ? [failure] : [] };

export function add(left: Tally, right: Tally): Tally {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
    failures: [...left.failures, ...right.failures],
  };
}

/** The plain last line of every run. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** As much of a failure as one reads in a list: whoever sees only the end of a long run learns what to look for. */
const shownLines = 12;

/** The list of what failed, for the end of a run; nothing where nothing did. */
export function failureLines(failures: readonly Failure[]): string {
  return failures
    .map(({ title, why }) => {
      const lines = stripVTControlCharacters(why).trimEnd().split("\n").slice(0, shownLines);
      return [`✘ ${title}`, ...lines.map((line) => `    ${line}`)].join("\n").trimEnd();
    })
    .join("\n\n");
}

const VitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string().default(""),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string().default(""),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** Counts a vitest JSON report. A file that could not even be loaded has no tests; it counts as one failed. */
export function vitestTally(file: string, exitCode: number | null): Tally {
  const report = readReport(file, VitestReport);
  if (!report) return asOne(false);
  let tally = noTally;
  for (const { name, status, message, assertionResults } of report.testResults) {
    if (assertionResults.length === 0 && status === "failed")
      tally = add(tally, asOne(false, { title: name, why: message }));
    for (const test of assertionResults) {
      const why = (test.failureMessages ?? []).join("\n");
      tally = add(tally, outcomeOf(test.status, { title: `${name} › ${test.fullName}`, why }));
    }
  }
  return withExitCode(tally, exitCode);
}

const Spec = z.object({
  title: z.string(),
  ok: z.boolean(),
  file: z.string(),
  line: z.number(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().default("") })).default([]) })),
    }),
  ),
});
type Suite = { specs?: z.infer<typeof Spec>[] | undefined; suites?: Suite[] | undefined };
const Suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(Spec).optional(), suites: z.array(Suite).optional() }),
);

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.object({ message: z.string().default("") })),
  suites: z.array(Suite).default([]),
});

/** Counts a Playwright JSON report. A story that passed only when repeated has failed. */
export function playwrightTally(file: string, exitCode: number | null): Tally {
  const report = readReport(file, PlaywrightReport);
  if (!report) return asOne(false);
  const { expected, unexpected, flaky, skipped } = report.stats;
  const broken = report.errors.map(({ message }) => ({ title: "the stories", why: message }));
  const failures = [...report.suites.flatMap(failedSpecs), ...broken];
  return withExitCode({ passed: expected, failed: unexpected + flaky, skipped, failures }, exitCode);
}

function failedSpecs({ specs = [], suites = [] }: Suite): Failure[] {
  const own = specs
    .filter(({ ok, tests }) => !ok || tests.some(({ status }) => status === "flaky"))
    .map(({ title, file, line, tests }) => {
      const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
      return { title: `${file}:${line} › ${title}`, why: errors.map(({ message }) => message).join("\n") };
    });
  return [...own, ...suites.flatMap(failedSpecs)];
}

const FaultReport = z.object({ runsPassed: z.number(), runsFailed: z.number() });

/** Counts the runs of the fault harness by its last line, one JSON object. */
export function faultTally(output: string, exitCode: number | null): Tally {
  const lines = output.trimEnd().split("\n");
  const report = FaultReport.safeParse(parseJson(lines.at(-1) ?? ""));
  const told = { title: "the fault smoke ended with", why: lines.slice(-1 - shownLines, -1).join("\n") };
  if (!report.success) return asOne(false, told);
  const { runsPassed, runsFailed } = report.data;
  const failures = runsFailed > 0 ? [told] : [];
  return withExitCode({ ...noTally, passed: runsPassed, failed: runsFailed, failures }, exitCode);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function outcomeOf(status: string, failure: Failure): Tally {
  if (status === "passed" || status === "failed") return asOne(status === "passed", failure);
  return { ...noTally, skipped: 1 };
}

/** A run that ended badly without naming a test (an unhandled error, a crash, no tests at all) has failed all the same. */
function withExitCode(tally: Tally, exitCode: number | null): Tally {
  const hasHiddenFailure = (exitCode !== 0 && tally.failed === 0) || tally.passed + tally.failed + tally.skipped === 0;
  const hidden = { title: "a run that named no failure", why: `It ended with exit code ${exitCode}.` };
  return hasHiddenFailure ? add(tally, asOne(false, hidden)) : tally;
}

function readReport<T>(file: string, shape: z.ZodType<T>): T | null {
  if (!existsSync(file)) return null;
  try {
    return shape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}
