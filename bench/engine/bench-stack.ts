import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "#scripts/stack/free-port.ts";
import { nodeFlagsOf } from "#scripts/stack/run-once.ts";
import { startPostgres } from "#scripts/stack/start-postgres.ts";
import { letOthersPass } from "#scripts/stack/unprivileged.ts";
import { sampleSecret } from "#server/engine/sample-world.ts";
import { createOwnDatabase, type OwnDatabase } from "../own-database.ts";

/** Real processes on a real Postgres (fsync and synchronous commit on), in a folder that is removed at the end. */
export class BenchStack {
  readonly database: OwnDatabase;
  readonly sandboxUrl: string;
  readonly doorUrl: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #folder: string;
  readonly #stopPostgres: () => Promise<void>;
  readonly #children = new Set<ChildProcess>();

  private constructor(parts: {
    database: OwnDatabase;
    ports: { sandbox: number; door: number };
    folder: string;
    stopPostgres: () => Promise<void>;
  }) {
    this.database = parts.database;
    this.sandboxUrl = `http://127.0.0.1:${parts.ports.sandbox}`;
    this.doorUrl = `http://127.0.0.1:${parts.ports.door}`;
    this.#folder = parts.folder;
    this.#stopPostgres = parts.stopPostgres;
    this.#environment = {
      ...process.env,
      DATABASE_URL: parts.database.url,
      CHASQUI_SECRET: sampleSecret,
      CHASQUI_HOME: parts.folder,
      SANDBOX_PORT: String(parts.ports.sandbox),
      DOOR_PORT: String(parts.ports.door),
      CHASQUI_DEMO: "0",
      CHASQUI_LOG_LEVEL: "warn",
    };
  }

  /**
   * Uses the Postgres at DATABASE_URL or TEST_DATABASE_URL where one is set; else starts one of its own, with these settings.
   * The stack is taken down on Ctrl-C and SIGTERM too.
   */
  static async open({ settings = [] }: { settings?: readonly string[] } = {}): Promise<BenchStack> {
    const folder = mkdtempSync(path.join(tmpdir(), "chasqui-bench-"));
    letOthersPass(folder);
    let stopPostgres = async () => undefined as undefined;
    if (!process.env.DATABASE_URL && !process.env.TEST_DATABASE_URL) {
      const postgres = await startPostgres({
        folder: path.join(folder, "postgres"),
        logFile: path.join(folder, "postgres", "postgres.log"),
        settings,
      });
      process.env.TEST_DATABASE_URL = postgres.url;
      stopPostgres = async () => {
        await postgres.stop();
      };
    }
    const database = await createOwnDatabase();
    const ports = { sandbox: await freePort(), door: await freePort() };
    return new BenchStack({ database, ports, folder, stopPostgres });
  }

  /** A folder of this run, for files that go with it. */
  get folder(): string {
    return this.#folder;
  }

  /** Starts a file as a process of its own; what it logs goes to a file in the folder. `node` are Node's own options. */
  start(
    file: string,
    given: string[] = [],
    { node = [], env = {} }: { node?: readonly string[]; env?: Record<string, string> } = {},
  ): ChildProcess {
    const log = openSync(path.join(this.#folder, `${path.basename(path.dirname(file))}.log`), "a");
    const child = spawn(process.execPath, [...nodeFlagsOf(file), ...node, file, ...given], {
      env: { ...this.#environment, ...env },
      stdio: ["ignore", "pipe", log],
    });
    // Logs come on standard output too; unread, a full pipe would stop the process.
    child.stdout?.on("data", (chunk: Buffer) => writeSync(log, chunk));
    this.#children.add(child);
    child.once("exit", () => this.#children.delete(child));
    return child;
  }

  async startSandbox(): Promise<ChildProcess> {
    const child = this.start("server/sandbox/main.ts");
    await until(async () => (await fetch(`${this.sandboxUrl}/__sandbox/health`)).ok, 30_000);
    return child;
  }

  async startDoor(): Promise<ChildProcess> {
    const child = this.start("server/door/main.ts");
    await until(async () => (await fetch(`${this.doorUrl}/health`)).ok, 30_000);
    return child;
  }

  async control(verb: string, body: object): Promise<void> {
    const response = await fetch(`${this.sandboxUrl}/__sandbox/${verb}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`Sandbox ${verb}: ${response.status} ${await response.text()}`);
  }

  /** How many messages the sandbox has accepted since it was started. */
  async messagesAtSandbox(): Promise<number> {
    const health = (await (await fetch(`${this.sandboxUrl}/__sandbox/health`)).json()) as { messages: number };
    return health.messages;
  }

  /** The workers that are connected to the database now. */
  async workers(): Promise<number> {
    const { rows } = await this.database.pool.query<{ n: number }>(
      `select count(distinct client_port)::integer as n from pg_stat_activity
       where datname = current_database() and application_name like 'chasqui-worker-%'`,
    );
    return rows[0]?.n ?? 0;
  }

  /** The last lines of what the processes logged: why something did not happen. */
  lastLogs(): string {
    const logs = readdirSync(this.#folder).filter((name) => name.endsWith(".log"));
    return logs
      .flatMap((name) => {
        const lines = readFileSync(path.join(this.#folder, name), "utf8").trimEnd().split("\n");
        return lines.slice(-14).map((line) => `${name}: ${line.slice(0, 600)}`);
      })
      .join("\n");
  }

  async close(): Promise<void> {
    await Promise.all([...this.#children].map((child) => stopChild(child, "SIGTERM")));
    await this.database.drop();
    await this.#stopPostgres();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export async function stopChild(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}

/** Resolves when `check` says true; a check that throws is tried again. Throws after `withinMs`. */
export async function until(check: () => Promise<boolean>, withinMs: number, everyMs = 50): Promise<void> {
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    if (await check().catch(() => false)) return;
    await delay(everyMs);
  }
  throw new Error(`Not so within ${withinMs / 1000} s: ${check.toString().slice(0, 200)}`);
}
