import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureTemplate } from "#db/test-database.ts";
import { startPostgres } from "#scripts/stack/start-postgres.ts";
import { letOthersPass } from "#scripts/stack/unprivileged.ts";

/** Starts a throw-away Postgres for the run, unless TEST_DATABASE_URL names one, and makes the template of all test databases. */
export default async function setUp(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) {
    await ensureTemplate();
    return async () => undefined;
  }
  const folder = mkdtempSync(path.join(tmpdir(), "chasqui-test-"));
  letOthersPass(folder);
  const postgres = await startPostgres({ folder, logFile: path.join(folder, "postgres.log"), isThrowAway: true });
  process.env.TEST_DATABASE_URL = postgres.url;
  await ensureTemplate();
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
