import { createHash } from "node:crypto";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import * as schema from "#db/schema/index.ts";
import { addDays } from "#flow/local-time.ts";
import { ListCounted, listCounted } from "#server/dashboard/list-counted.ts";
import { breakdowns, readBreakdown } from "#server/dashboard/read-breakdown.ts";
import { readChoices } from "#server/dashboard/read-choices.ts";
import { readCourse } from "#server/dashboard/read-course.ts";
import { readHours } from "#server/dashboard/read-hours.ts";
import { readLag } from "#server/dashboard/read-lag.ts";
import { readReasons } from "#server/dashboard/read-reasons.ts";
import { readTrend } from "#server/dashboard/read-trend.ts";
import { readEnv } from "#server/env.ts";
import type { Actor } from "#server/trpc.ts";
import { print, report } from "../engine/print.ts";
import { quantile, round } from "../measure/statistics.ts";

const runs = 50;

/** The flow with most messages. */
const flowId = createHash("md5")
  .update("flow0")
  .digest("hex")
  .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
const ofOneFlow = new Set<string>(["step", "version"]);

type Query = { name: string; run: (actor: Actor) => Promise<unknown> };

/** Everything that the screen asks, for four weeks and for a quarter, and the messages behind a frequent and a rare number. */
function queriesOf(today: string): Query[] {
  const weeks = { from: addDays(today, -27), until: today };
  const quarter = { from: addDays(today, -89), until: today };
  const country = { ...weeks, country: "SN" };
  return [
    { name: "head, 28 days", run: (actor) => readCourse(actor, weeks) },
    { name: "head, 90 days", run: (actor) => readCourse(actor, quarter) },
    { name: "head, 28 days of a country", run: (actor) => readCourse(actor, country) },
    { name: "trend, 28 days", run: (actor) => readTrend(actor, { ...weeks, metric: "conversion" }) },
    { name: "trend, a day by hours", run: (actor) => readTrend(actor, { from: today, until: today, metric: "click" }) },
    ...breakdowns.map((by) => ({
      name: `by ${by}, 28 days`,
      run: (actor: Actor) => readBreakdown(actor, { ...weeks, by, ...(ofOneFlow.has(by) && { flowId }) }),
    })),
    { name: "by flow, 90 days", run: (actor) => readBreakdown(actor, { ...quarter, by: "flow" }) },
    { name: "reasons, 28 days", run: (actor) => readReasons(actor, weeks) },
    { name: "hours, 28 days", run: (actor) => readHours(actor, weeks) },
    { name: "hours, 90 days", run: (actor) => readHours(actor, quarter) },
    { name: "choices of filters", run: (actor) => readChoices(actor, weeks) },
    { name: "lag", run: readLag },
    {
      name: "behind converted",
      run: (actor) => listCounted(actor, ListCounted.parse({ ...weeks, measure: "converted" })),
    },
    {
      name: "behind opted out",
      run: (actor) => listCounted(actor, ListCounted.parse({ ...weeks, measure: "optedOut" })),
    },
    {
      name: "behind a reason",
      run: (actor) =>
        listCounted(actor, ListCounted.parse({ ...weeks, measure: "made", reason: "undelivered", errorCode: 131_049 })),
    },
  ];
}

/** Milliseconds of each query: the middle one and the slowest twentieth of 50 runs, after one to warm up. */
export async function measureQueries(pool: pg.Pool, workspaceId: string, { showsPlans }: { showsPlans: boolean }) {
  const seen: { text: string; values: unknown[] }[] = [];
  const logger = { logQuery: (text: string, values: unknown[]) => void seen.push({ text, values }) };
  const db = drizzle(pool, { schema, casing: "snake_case", logger });
  const actor = actorOf(db, workspaceId);
  const figures: { name: string; p50: number; p95: number }[] = [];
  for (const { name, run } of queriesOf(new Date().toISOString().slice(0, 10))) {
    seen.length = 0;
    await run(actor);
    if (showsPlans) await printPlans(pool, name, seen);
    const times: number[] = [];
    for (let nth = 0; nth < runs; nth += 1) {
      const began = performance.now();
      await run(actor);
      times.push(performance.now() - began);
    }
    report(`${name}: ${round(quantile(times, 0.95), 1)} ms`);
    figures.push({ name, p50: round(quantile(times, 0.5), 1), p95: round(quantile(times, 0.95), 1) });
  }
  return figures;
}

async function printPlans(pool: pg.Pool, name: string, seen: readonly { text: string; values: unknown[] }[]) {
  for (const { text, values } of [...seen]) {
    const { rows } = await pool.query<{ "QUERY PLAN": string }>({ text: `explain (analyze, buffers) ${text}`, values });
    print(`\n${name}\n${rows.map((row) => row["QUERY PLAN"]).join("\n")}`);
  }
}

const actorOf = (db: Actor["db"], workspaceId: string): Actor => ({
  db,
  env: readEnv({ DATABASE_URL: "postgres://unused", CHASQUI_SECRET: "0".repeat(64) }),
  clock: { now: () => new Date() },
  session: { userId: workspaceId, name: "", email: "", language: "en", workspaceId, role: "owner", signIn: null },
});
