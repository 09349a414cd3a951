import { parseArgs } from "node:util";
import { connect } from "#db/client.ts";
import { DatabaseClock } from "#server/clock.ts";
import { type Forgotten, forget } from "#server/engine/storage/forget.ts";
import { type KeepDays, kinds, readKeepDays } from "#server/engine/storage/keep-days.ts";
import { runningDatabaseUrl } from "./stack/running-database.ts";
import { readSettings } from "./stack/settings.ts";

// `npm run retention`: what would be forgotten now. With `--delete` it is forgotten at once; workers do the same once a day.
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { delete: { type: "boolean", default: false } } });
  const keep = readKeepDays(process.env);
  const { isDemo } = readSettings(process.env);
  const { pool } = connect(runningDatabaseUrl(), {
    name: "retention",
    max: 2,
    onError: () => undefined,
    backstops: { statementMs: 0 },
  });
  try {
    const clock = new DatabaseClock(pool, { isDemo });
    await clock.refresh();
    const forgotten = await forget(pool, { now: clock.now(), keep, isDryRun: !values.delete });
    process.stdout.write(describe(forgotten, keep, values.delete));
  } finally {
    await pool.end();
  }
}

function describe(forgotten: readonly Forgotten[], keep: KeepDays, isDone: boolean): string {
  const kept = kinds.map((kind) => `${kind} ${keep[kind]} days`).join(", ");
  const rows = forgotten.map(({ kind, table, rows }) => `  ${kind.padEnd(13)} ${table.padEnd(24)} ${rows} rows`);
  const what =
    rows.length === 0 ? "Nothing is old enough." : isDone ? "Forgotten:" : "Would be forgotten (--delete does it):";
  return `Kept: ${kept}.\n${[what, ...rows].join("\n")}\n`;
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
