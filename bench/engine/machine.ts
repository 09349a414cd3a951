import { execFileSync } from "node:child_process";
import { cpus, loadavg } from "node:os";

/** What figures were measured on, and how busy it was: without it they say nothing. */
export function machine(): { cpu: string; cores: number; node: string; commit: string; load: number } {
  const [first] = cpus();
  return {
    cpu: first?.model ?? "unknown",
    cores: cpus().length,
    node: process.version,
    commit: commit(),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return "unknown";
  }
}
