import { bankFlows } from "#server/demo/world/flows.ts";
import { leastDays } from "#server/demo/world/life.ts";
import { machine } from "./engine/machine.ts";
import { print, report } from "./engine/print.ts";
import { option } from "./measure/options.ts";
import { round } from "./measure/statistics.ts";
import { compareCounts, readLedger } from "./world/agree.ts";
import { openCoreBanking } from "./world/core-banking.ts";
import { DashboardReading } from "./world/dashboard-truths.ts";
import { comparePages, readVerdicts } from "./world/experiment-truths.ts";
import { bringLive, connectBank, foundBank } from "./world/found-bank.ts";
import { type Done, WorldPlay } from "./world/play.ts";
import { Stage } from "./world/stage.ts";
import { compareTruths, strictAlpha } from "./world/truths.ts";
import { judgeWorld } from "./world/verdict.ts";

/**
 * A Latin-American fintech and its customers, played through the real doors while the clock runs ahead; then what is true of them beside
 * what the bank's rows say. `npm run demo:world -- [--people 50000] [--days 28] [--seed 1] [--workers 1] [--step 60] [--home folder]`.
 * Ends with code 1 when a truth is not within its interval or a count differs. docs/demo-world.md.
 */
const dayMs = 86_400_000;
const people = option("people", 50_000);
const days = option("days", 28);
const seed = option("seed", 1);
// Few people leave most minutes empty: longer steps then cost nothing but sharpness of the hours.
const stepMinutes = option("step", people < 10_000 ? 150 : 60);
const at = process.argv.indexOf("--home");
const home = at < 0 ? null : (process.argv[at + 1] ?? null);
if (days < leastDays) throw new Error(`A world lasts ${leastDays} days at least: what begins in it has to end in it.`);

const before = machine().load;
const stage = await Stage.open({ home, workers: option("workers", 1) });
let isStopping = false;
const stop = () => {
  if (isStopping) return;
  isStopping = true;
  report("Stopping ...");
  void stage.close().finally(() => process.exit(130));
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);

try {
  const problems = await playWorld();
  for (const problem of problems) report(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
} catch (error) {
  // What is torn down under a running world fails; only the stop is news.
  if (!isStopping) {
    report(stage.lastWords());
    throw error;
  }
} finally {
  if (!isStopping) await stage.close();
}

async function playWorld(): Promise<string[]> {
  const bank = await foundBank(stage);
  await stage.startProduct();
  await connectBank(stage, bank);
  const core = await openCoreBanking(() => stage.clock.now());
  try {
    await bringLive(bank, bankFlows(core.url));
    const startsAt = Math.ceil((stage.clock.now().getTime() + 60_000) / dayMs) * dayMs;
    report(
      `The bank is founded. ${people.toLocaleString("en")} people, ${days} days from ${new Date(startsAt).toISOString()}.`,
    );
    await stage.moveClockTo(startsAt);
    const play = new WorldPlay(stage, bank, { seed, startsAt, days, people, stepMinutes });
    const begun = performance.now();
    await play.run();
    const seconds = (performance.now() - begun) / 1000;
    const ledger = await readLedger(stage);
    const dashboard = await DashboardReading.open(stage, bank, startsAt);
    const problems = judgeWorld(
      [
        ...(await compareTruths(stage, bank.workspaceId)),
        ...(await dashboard.truths(strictAlpha)),
        ...(await comparePages(bank, strictAlpha)),
      ],
      [
        ...(await compareCounts(stage, bank.workspaceId, { done: play.done, ledger })),
        ...(await dashboard.counts(play.done, ledger)),
      ],
    );
    const verdicts = await readVerdicts(bank);
    print(
      JSON.stringify({ ...(await figures(play.done, { seconds, problems, workspaceId: bank.workspaceId })), verdicts }),
    );
    return problems;
  } finally {
    await core.close();
  }
}

type Played = { seconds: number; problems: string[]; workspaceId: string };

async function figures(done: Done, { seconds, problems, workspaceId }: Played) {
  const [row] = await stage.query<{ n: number }>(
    "select count(*)::integer as n from enrollment where workspace_id = $1",
    [workspaceId],
  );
  const enrollments = row?.n ?? 0;
  const { load, ...where } = machine();
  return {
    bench: "demo-world",
    ...{ people, days, seed, stepMinutes },
    wallSeconds: round(seconds, 1),
    ...done,
    enrollments,
    enrollmentsPerSecond: round(enrollments / seconds, 1),
    messagesPerSecond: round((done.sent + done.said + done.taps) / seconds, 1),
    daysPerMinute: round((days * 60) / seconds, 1),
    problems: problems.length,
    ...where,
    loadBefore: before,
    loadAfter: load,
  };
}
