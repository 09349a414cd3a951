import { sql } from "drizzle-orm";
import { workspace } from "#db/schema/index.ts";
import { rebuildCounts } from "#server/engine/rollup/rebuild-counts.ts";
import { newId } from "#server/id.ts";
import { fillMessages } from "./dashboard/fill-messages.ts";
import { measureCounting } from "./dashboard/measure-counting.ts";
import { measureQueries } from "./dashboard/queries.ts";
import { report } from "./engine/print.ts";
import { flag, option } from "./measure/options.ts";
import { runBench } from "./measure/run-bench.ts";
import { round } from "./measure/statistics.ts";
import { showTable } from "./measure/tables.ts";

/** For a database that is filled at once and thrown away; nothing of it changes how a query is answered. */
const loadSettings = ["checkpoint_timeout=1h", "max_wal_size=6GB", "maintenance_work_mem=512MB"];

// `npm run bench:dashboard -- [--messages 10000000] [--days 90] [--plans]`: every query of the dashboard over so many messages and three
// times as many rows of paths, how long counting them all anew takes, and what counting costs while messages are written.
await runBench(
  "dashboard",
  async ({ database: { db, pool } }) => {
    const [messages, days] = [option("messages", 10_000_000), option("days", 90)];
    const workspaceId = newId();
    await db.insert(workspace).values({ id: workspaceId, name: "Bench", slug: workspaceId });
    await fillMessages(pool, workspaceId, { messages, days });
    const began = performance.now();
    report("Counting all anew ...");
    await rebuildCounts(pool, workspaceId);
    const rebuildSeconds = round((performance.now() - began) / 1000, 1);
    await pool.query("vacuum analyze message_day");
    await pool.query("vacuum analyze message_hour");
    const { rows } = await db.execute<{ days: number; hours: number }>(sql`
    select (select count(*)::integer from message_day) as days, (select count(*)::integer from message_hour) as hours`);
    report(`... took ${rebuildSeconds} s. Asking each query ...`);
    const queries = await measureQueries(pool, workspaceId, { showsPlans: flag("plans") });
    const counting = await measureCounting(pool, workspaceId);
    showTable("Milliseconds of each query of the dashboard, 50 runs", [
      ["", "p50", "p95"],
      ...queries.map(({ name, p50, p95 }) => [name, p50, p95]),
    ]);
    showTable("Counting", [
      ["", ""],
      ["rows by day", rows[0]?.days ?? 0],
      ["rows by hour", rows[0]?.hours ?? 0],
      ["counting all anew, s", rebuildSeconds],
      ["a status, counted, us", counting.statusUs.counted],
      ["a status, not counted, us", counting.statusUs.uncounted],
      ["adding it up, us", counting.foldUsPerStatus],
    ]);
    return {
      messages,
      days,
      rollUpRows: rows[0],
      rebuildSeconds,
      slowestP95: Math.max(...queries.map(({ p95 }) => p95)),
      queries,
      counting,
    };
  },
  loadSettings,
);
