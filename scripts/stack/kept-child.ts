import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { leash, nodeFlagsOf, root } from "./run-once.ts";

const longestPauseMs = 30_000;
const calmAfterMs = 60_000;

export type ChildPlan = { name: string; entry: string; env: NodeJS.ProcessEnv; logFile: string };

/** What a child reports: that its process ids changed, and sentences for the terminal. */
export type ChildEvents = { onSpawn: () => void; onProblem: (sentence: string) => void };

/** One of our processes: started, started again with a growing pause when it dies, stopped on demand. Its output goes to its log file. */
export class KeptChild {
  readonly plan: ChildPlan;
  readonly #events: ChildEvents;
  #process: ChildProcess | null = null;
  #isWanted = true;
  /** Only a child that was once healthy is started again: one that cannot start ends the whole start. */
  #hasBeenReady = false;
  #deaths = 0;
  #retry: NodeJS.Timeout | null = null;

  constructor(plan: ChildPlan, events: ChildEvents) {
    this.plan = plan;
    this.#events = events;
    this.#spawn();
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** True when it ended before it was ever ready. */
  get hasFailedToStart(): boolean {
    return !this.#hasBeenReady && this.#process === null;
  }

  markReady(): void {
    this.#hasBeenReady = true;
  }

  /** Asks it to end, and ends it after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#isWanted = false;
    if (this.#retry) clearTimeout(this.#retry);
    this.#signal("SIGTERM");
    const deadline = Date.now() + graceMs;
    while (this.#process && Date.now() < deadline) await delay(20);
    this.#signal("SIGKILL");
    while (this.#process && Date.now() < deadline + 1_000) await delay(20);
  }

  #spawn(): void {
    const log = openSync(this.plan.logFile, "a", 0o600);
    const startedAt = Date.now();
    // A process group of its own: Ctrl-C reaches only the start, which then stops its children in order.
    const { entry } = this.plan;
    const child = spawn(process.execPath, [...nodeFlagsOf(entry), "--import", leash, path.join(root, entry)], {
      cwd: root,
      env: { ...this.plan.env, CHASQUI_LEASH: "1" },
      stdio: ["ignore", log, log, "ipc"],
      detached: process.platform !== "win32",
    });
    closeSync(log);
    this.#process = child;
    child.once("error", (error) => this.#ended(`cannot be started: ${error.message}`, startedAt));
    child.once("exit", (code, signal) =>
      this.#ended(signal ? `was ended by ${signal}` : `ended with code ${code}`, startedAt),
    );
    this.#events.onSpawn();
  }

  #ended(how: string, startedAt: number): void {
    // "error" and "exit" may both come.
    if (!this.#process) return;
    this.#process = null;
    if (!this.#isWanted || !this.#hasBeenReady) return;
    this.#deaths = Date.now() - startedAt > calmAfterMs ? 1 : this.#deaths + 1;
    const pauseMs = Math.min(longestPauseMs, 250 * 2 ** this.#deaths);
    this.#events.onProblem(
      `The ${this.plan.name} ${how}; it is started again in ${pauseMs / 1000} s. Its log: ${this.plan.logFile}`,
    );
    this.#retry = setTimeout(() => this.#spawn(), pauseMs);
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#process?.pid;
    if (!pid) return;
    try {
      // The whole group: the web server in development runs in a child of its own.
      process.kill(process.platform === "win32" ? pid : -pid, signal);
    } catch {
      // Gone in between.
    }
  }
}
