import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { migrateDatabase } from "#db/migrate.ts";
import { root } from "#scripts/stack/run-once.ts";
import { embeddedUrl, startPostgres } from "#scripts/stack/start-postgres.ts";

const template = "faults_template";

/**
 * A Postgres of the harness's own, with fsync and synchronous commit on: what it has acknowledged must survive its own crash. Stopped
 * and started at will on one folder. A keeper process ends it when the harness dies, however that happens.
 */
export class OwnPostgres {
  port: number;
  /** Where it lives; what else is put there goes with it. */
  readonly folder: string;
  #keeper: ChildProcess | null = null;

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
  }

  static async open(folder: string): Promise<OwnPostgres> {
    const { port } = await startPostgres(optionsOf(folder));
    const postgres = new OwnPostgres(folder, port);
    postgres.#keep();
    await postgres.ask("postgres", `create database ${template}`);
    await migrateDatabase(postgres.urlOf(template));
    return postgres;
  }

  urlOf(database: string, port = this.port): string {
    return embeddedUrl(port, database);
  }

  /** A migrated, empty database. */
  async createDatabase(name: string): Promise<void> {
    await this.ask("postgres", `create database ${name} template ${template} strategy file_copy`);
  }

  async dropDatabase(name: string): Promise<void> {
    await this.ask("postgres", `drop database if exists ${name} with (force)`);
  }

  /** immediate: every backend is killed at once, and the next start recovers from the log. fast: sessions are ended in order. */
  async stop(mode: "immediate" | "fast"): Promise<void> {
    const pid = this.#pid();
    if (pid === null) return;
    process.kill(pid, mode === "immediate" ? "SIGQUIT" : "SIGINT");
    const end = performance.now() + 20_000;
    while (isAlive(pid)) {
      if (performance.now() > end) throw new Error("Postgres does not stop.");
      await delay(20);
    }
  }

  /** Starts it again on the same port, and waits until it takes connections. */
  async start(): Promise<void> {
    const { port } = await startPostgres({ ...optionsOf(this.folder), preferredPort: this.port });
    if (port !== this.port) throw new Error(`Postgres came back on port ${port} instead of ${this.port}.`);
  }

  get isRunning(): boolean {
    return this.#pid() !== null;
  }

  /** Ends sessions whose application name is like the pattern ("chasqui-%"). Answers how many. */
  async endSessions(pattern: string): Promise<number> {
    const rows = await this.ask(
      "postgres",
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like $1",
      [pattern],
    );
    return rows.length;
  }

  /** Runs one statement on a connection of its own, past every proxy. */
  async ask(database: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.urlOf(database), application_name: "faults" });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await this.stop("immediate");
    this.#keeper?.kill("SIGKILL");
  }

  #keep(): void {
    this.#keeper = spawn(process.execPath, [path.join(root, "bench/faults/stack/keep-postgres.ts"), this.folder], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#keeper.unref();
    this.#keeper.channel?.unref();
  }

  #pid(): number | null {
    const mark = path.join(this.folder, "data", "postmaster.pid");
    if (!existsSync(mark)) return null;
    const pid = Number(readFileSync(mark, "utf8").split("\n")[0]);
    return pid > 0 && isAlive(pid) ? pid : null;
  }
}

/** When a withdrawal of consent was committed, and not when its transaction began, is what a message must not be later than. */
const settings = ["track_commit_timestamp=on"];

const optionsOf = (folder: string) => ({ folder, logFile: path.join(folder, "postgres.log"), settings });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
