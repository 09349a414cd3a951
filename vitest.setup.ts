import path from "node:path";
import { ensureTemplate } from "#db/test-database.ts";
import { startPostgres } from "#scripts/stack/start-postgres.ts";
import { discard, throwAwayFolder } from "#scripts/testing/throw-away-folder.ts";

/** Starts a throw-away Postgres for the run, unless TEST_DATABASE_URL names one, and makes the template of all test databases. */
export default async function setUp(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) {
    await ensureTemplate();
    return async () => undefined;
  }
  const folder = throwAwayFolder();
  // Ended from outside, without a chance to tear down: then at least through "exit", which discards the folder.
  process.once("SIGTERM", () => process.exit(143));
  const postgres = await startPostgres({ folder, logFile: path.join(folder, "postgres.log"), isThrowAway: true });
  process.env.TEST_DATABASE_URL = postgres.url;
  await ensureTemplate();
  return async () => {
    await postgres.stop();
    discard(folder);
  };
}
