import { spawn } from "node:child_process";
import path from "node:path";
import type { Env } from "../env.ts";

/**
 * Starts the process of a backtest and leaves it to itself: its row says how it fares. It ends with this one (scripts/leash.mjs), so
 * that nothing runs on when Chasqui is stopped.
 */
export function startProcess(id: string, { databaseUrl }: Pick<Env, "databaseUrl">): void {
  const root = process.cwd();
  const leash = path.join(root, "scripts/leash.mjs");
  const child = spawn(process.execPath, ["--import", leash, path.join(root, "server/backtests/main.ts"), id], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: databaseUrl, CHASQUI_LEASH: "1" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  // Its row falls silent, and whoever looks at it is told.
  child.on("error", () => undefined);
  child.unref();
  child.channel?.unref();
}
