import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { connect, type Database } from "#db/client.ts";
import { type RunningDatabase, startDatabase } from "#scripts/stack/database.ts";
import { freePort } from "#scripts/stack/free-port.ts";
import { type Home, logFile, openHome } from "#scripts/stack/home.ts";
import { lockHome } from "#scripts/stack/home-lock.ts";
import { childEnvironment, partsOf } from "#scripts/stack/parts.ts";
import { readSecrets } from "#scripts/stack/secrets.ts";
import { readSettings } from "#scripts/stack/settings.ts";
import { DatabaseClock } from "#server/clock.ts";
import { advanceClock } from "#server/demo/advance-clock.ts";
import { type Env, readEnv } from "#server/env.ts";
import { sandboxControl } from "#server/sandbox/control-client.ts";
import { Service } from "../faults/stack/service.ts";

export type StagePlan = {
  /** Where everything is kept; null: a throw-away folder. */
  home: string | null;
  workers: number;
  /** An empty database that is there already; without it one is started on the folder. */
  databaseUrl?: string;
};

/** Chasqui as `npm start` runs it, without the web: database, sandbox, door and workers, on one folder and a clock that is moved. */
export class Stage {
  readonly env: Env;
  readonly clock: DatabaseClock;
  readonly pool: pg.Pool;
  readonly db: Database;
  readonly doorUrl: string;
  readonly control: ReturnType<typeof sandboxControl>;
  readonly isThrowAway: boolean;
  readonly #home: Home;
  readonly #release: () => void;
  readonly #database: RunningDatabase;
  readonly #sandbox: Service;
  readonly #door: Service;
  readonly #workers: Service[];

  private constructor(
    home: Home,
    release: () => void,
    given: { database: RunningDatabase; variables: NodeJS.ProcessEnv; isThrowAway: boolean; workers: number },
  ) {
    const { database, variables, isThrowAway, workers } = given;
    this.#home = home;
    this.#release = release;
    this.#database = database;
    this.isThrowAway = isThrowAway;
    this.env = readEnv(variables);
    const { pool, db } = connect(database.url, {
      name: "world",
      max: 8,
      onError: () => undefined,
      backstops: { statementMs: 600_000 },
    });
    this.pool = pool;
    this.db = db;
    this.clock = new DatabaseClock(pool, { isDemo: true });
    this.doorUrl = `http://127.0.0.1:${this.env.doorPort}`;
    this.control = sandboxControl(`http://127.0.0.1:${this.env.sandboxPort}`);
    const parts = new Map(
      partsOf({ ...this.env, workers: 0, ownDatabaseUrl: null, ownSecret: null, isDev: false }).map((part) => [
        part.name,
        part,
      ]),
    );
    const service = (name: string, entry: string, isReady: () => Promise<boolean>) =>
      new Service({ name, entry, env: variables, logFile: logFile(home, name), isReady });
    const part = (name: string) => {
      const found = parts.get(name);
      if (!found) throw new Error(`There is no part ${name}.`);
      return service(found.name, found.entry, found.isReady);
    };
    this.#sandbox = part("sandbox");
    this.#door = part("door");
    this.#workers = Array.from({ length: workers }, (_, index) => {
      const name = index === 0 ? "worker" : `worker-${index + 1}`;
      const isReady = async () => readFileSync(logFile(home, name), "utf8").includes("Worker is ready");
      return service(name, "server/engine/main.ts", isReady);
    });
  }

  static async open({ home: folder, workers, databaseUrl = "" }: StagePlan): Promise<Stage> {
    const isThrowAway = folder === null;
    const home = openHome(folder ?? mkdtempSync(path.join(tmpdir(), "chasqui-world-")));
    const release = await lockHome(home);
    const { CHASQUI_SECRET: secret, POSTGRES_PASSWORD: password } = readSecrets(home);
    const database = await startDatabase({ home, ownUrl: databaseUrl || null, password, secret, isThrowAway });
    const settings = readSettings({
      CHASQUI_HOME: home.folder,
      CHASQUI_DEMO: "1",
      DOOR_PORT: String(await freePort()),
      SANDBOX_PORT: String(await freePort()),
    });
    const variables = childEnvironment(settings, { DATABASE_URL: database.url, CHASQUI_SECRET: secret });
    const stage = new Stage(home, release, { database, variables, isThrowAway, workers });
    await stage.#sandbox.start();
    await stage.clock.refresh();
    return stage;
  }

  /** Door and workers, once there is a bank. */
  async startProduct(): Promise<void> {
    await Promise.all([this.#door, ...this.#workers].map((service) => service.start()));
  }

  /** Moves the product's and the sandbox's clock to this time; a time that is over already moves nothing. */
  async moveClockTo(at: number): Promise<void> {
    const advanceSeconds = Math.ceil((at - this.clock.now().getTime()) / 1000);
    if (advanceSeconds <= 0) return;
    await advanceClock(this.db, this.env, { advanceSeconds });
    await this.clock.refresh();
  }

  /** Rows of one statement. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, values)).rows;
  }

  /** Waits until `check` says true. Throws after `withinMs`, with what it then answers to `why`. */
  async until(check: () => Promise<boolean>, withinMs: number, why: () => string): Promise<void> {
    const end = performance.now() + withinMs;
    while (!(await check())) {
      if (performance.now() > end) throw new Error(`Not within ${withinMs / 1000} s: ${why()}`);
      await delay(10);
    }
  }

  get folder(): string {
    return this.#home.folder;
  }

  /** The last lines that each process has written. */
  lastWords(): string {
    return [this.#sandbox, this.#door, ...this.#workers]
      .map(({ plan }) => `${plan.name}:\n${readFileSync(plan.logFile, "utf8").split("\n").slice(-8).join("\n")}`)
      .join("\n");
  }

  async close(): Promise<void> {
    await Promise.all([this.#door, ...this.#workers].map((service) => service.terminate()));
    await this.#sandbox.terminate(3_000);
    await this.pool.end();
    await this.#database.stop();
    this.#release();
    if (this.isThrowAway) rmSync(this.#home.folder, { recursive: true, force: true });
  }
}
