import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { leash, nodeFlagsOf, root } from "#scripts/stack/run-once.ts";

export type ServicePlan = {
  name: string;
  /** The program, below the root. */
  entry: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Loaded before the program: how planted bugs get in. */
  imports?: readonly string[];
  /** True as soon as it serves. */
  isReady: () => Promise<boolean>;
};

/** One process of ours under test: killed, frozen, asked to end, started again. It never outlives the harness (leash). */
export class Service {
  readonly plan: ServicePlan;
  #process: ChildProcess | null = null;
  /** How often it ended without having been told to. */
  crashes = 0;
  #isExpected = false;

  constructor(plan: ServicePlan) {
    this.plan = plan;
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  get isRunning(): boolean {
    return this.#process !== null;
  }

  /** Starts it and waits until it serves, unless told not to. `env`: for this life only, such as CHASQUI_CRASH_AT. */
  async start(env: Record<string, string> = {}, { waits = true } = {}): Promise<void> {
    if (this.#process) throw new Error(`${this.plan.name} is running already.`);
    const log = openSync(this.plan.logFile, "a");
    const imports = [leash, ...(this.plan.imports ?? [])].flatMap((file) => ["--import", file]);
    const child = spawn(
      process.execPath,
      [...nodeFlagsOf(this.plan.entry), ...imports, path.join(root, this.plan.entry)],
      {
        cwd: root,
        env: { ...this.plan.env, ...env, CHASQUI_LEASH: "1" },
        stdio: ["ignore", log, log, "ipc"],
      },
    );
    closeSync(log);
    this.#process = child;
    this.#isExpected = false;
    child.once("exit", () => {
      if (!this.#isExpected) this.crashes += 1;
      if (this.#process === child) this.#process = null;
    });
    if (waits) await this.#untilReady();
  }

  /** kill -9. Resolves when it is gone. */
  kill(): Promise<void> {
    return this.#endBy("SIGKILL");
  }

  /** SIGTERM, as a deployment does. Answers how many seconds it took; after `graceMs` it is killed. */
  async terminate(graceMs = 20_000): Promise<number> {
    const begun = performance.now();
    const timer = setTimeout(() => this.#send("SIGKILL"), graceMs);
    await this.#endBy("SIGTERM");
    clearTimeout(timer);
    return (performance.now() - begun) / 1000;
  }

  /** SIGSTOP: it stands still in the middle of whatever it does. */
  freeze(): void {
    this.#send("SIGSTOP");
  }

  /** SIGCONT. */
  thaw(): void {
    this.#send("SIGCONT");
  }

  /** Resolves when it has ended by itself, as at a crash point. Throws after `withinMs`. */
  async untilGone(withinMs: number): Promise<void> {
    const end = performance.now() + withinMs;
    while (this.#process) {
      if (performance.now() > end) throw new Error(`${this.plan.name} still runs after ${withinMs / 1000} s.`);
      await new Promise((next) => setTimeout(next, 20));
    }
  }

  /** Resident memory in bytes; 0 when it does not run or the system does not tell. */
  memoryBytes(): number {
    try {
      const pages = Number(readFileSync(`/proc/${this.pid}/statm`, "utf8").split(" ")[1]);
      return pages * 4096;
    } catch {
      return 0;
    }
  }

  #send(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  async #endBy(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child) return;
    this.#isExpected = true;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    // A frozen process hears nothing but SIGKILL.
    if (signal !== "SIGKILL") child.kill("SIGCONT");
    await ended;
    this.#process = null;
  }

  async #untilReady(): Promise<void> {
    const end = performance.now() + 60_000;
    while (performance.now() < end) {
      if (!this.#process) throw new Error(`${this.plan.name} does not start; its log is ${this.plan.logFile}`);
      if (await this.plan.isReady().catch(() => false)) return;
      await new Promise((next) => setTimeout(next, 40));
    }
    throw new Error(`${this.plan.name} is not ready after 60 s; its log is ${this.plan.logFile}`);
  }
}
