import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { connect, type Database } from "#db/client.ts";
import { freePort } from "#scripts/stack/free-port.ts";
import { advanceClock } from "#server/demo/advance-clock.ts";
import { readEnv } from "#server/env.ts";
import { sandboxControl } from "#server/sandbox/control-client.ts";
import { type Random, randomOf } from "../random.ts";
import { Endpoint } from "./endpoint.ts";
import type { OwnPostgres } from "./own-postgres.ts";
import { Service } from "./service.ts";
import { TcpProxy } from "./tcp-proxy.ts";

/** Seals and signs in every run: nothing of it is a secret. */
export const faultSecret = "fa".repeat(32);

export type StackPlan = {
  postgres: OwnPostgres;
  /** A folder for this run: homes and logs of its processes. */
  folder: string;
  seed: number;
  name: string;
  /** The product's code, compiled ahead (compile-ahead.ts). */
  compiled: string;
  /** Files loaded before each worker: how planted bugs get in. */
  workerImports?: readonly string[];
};

type Proxies = {
  /** Between the workers and Postgres. */
  workerDatabase: TcpProxy;
  /** Between the door and Postgres. */
  doorDatabase: TcpProxy;
  /** Between the workers and the provider (the sandbox). */
  provider: TcpProxy;
  /** Between the provider and the door: its webhooks. */
  hooks: TcpProxy;
};

/**
 * One bank under test: door, workers and sandbox as processes of their own on a database of their own, with a TCP proxy on each
 * line between them. What a fault does, it does by this object.
 */
export class FaultStack {
  readonly postgres: OwnPostgres;
  readonly seed: number;
  readonly random: Random;
  readonly proxies: Proxies;
  readonly endpoint: Endpoint;
  readonly door: Service;
  readonly sandbox: Service;
  readonly workers: Service[] = [];
  readonly doorUrl: string;
  readonly sandboxUrl: string;
  /** The sandbox's control plane, past every proxy. */
  readonly control: ReturnType<typeof sandboxControl>;
  /** The database, past every proxy. Queries fail while Postgres is down. */
  readonly pool: pg.Pool;
  readonly db: Database;
  readonly databaseName: string;
  readonly folder: string;
  readonly #plan: StackPlan;
  readonly #env: NodeJS.ProcessEnv;
  /** How far the product's clock runs ahead. */
  clockOffsetMs = 0;

  private constructor(
    plan: StackPlan,
    databaseName: string,
    { proxies, endpoint }: { proxies: Proxies; endpoint: Endpoint },
    ports: { door: number; sandbox: number },
  ) {
    this.#plan = plan;
    this.postgres = plan.postgres;
    this.seed = plan.seed;
    this.folder = plan.folder;
    this.random = randomOf("stack", plan.seed, plan.name);
    this.proxies = proxies;
    this.endpoint = endpoint;
    this.databaseName = databaseName;
    this.doorUrl = `http://127.0.0.1:${ports.door}`;
    this.sandboxUrl = `http://127.0.0.1:${ports.sandbox}`;
    this.control = sandboxControl(this.sandboxUrl);
    const url = plan.postgres.urlOf(databaseName);
    const { pool, db } = connect(url, { name: "harness", max: 4, onError: () => undefined });
    this.pool = pool;
    this.db = db;
    this.#env = {
      ...process.env,
      NODE_ENV: "production",
      NODE_COMPILE_CACHE: plan.compiled,
      CHASQUI_SECRET: faultSecret,
      CHASQUI_HOME: plan.folder,
      CHASQUI_DEMO: "1",
      CHASQUI_LOG_LEVEL: "info",
      SANDBOX_PORT: String(ports.sandbox),
      DOOR_PORT: String(ports.door),
      DATABASE_URL: url,
    };
    this.sandbox = this.#service("sandbox", "server/sandbox/main.ts", {}, () =>
      isOk(`${this.sandboxUrl}/__sandbox/health`),
    );
    const doorDatabase = plan.postgres.urlOf(databaseName, proxies.doorDatabase.port);
    this.door = this.#service("door", "server/door/main.ts", { DATABASE_URL: doorDatabase }, () => this.isDoorOpen());
  }

  /** A fresh database, proxies and a running sandbox; door and workers come with `startProduct`, once there is a world. */
  static async open(plan: StackPlan): Promise<FaultStack> {
    mkdirSync(plan.folder, { recursive: true });
    const databaseName = `fault_${randomBytes(6).toString("hex")}`;
    const ports = { door: await freePort(), sandbox: await freePort() };
    const proxies = {
      workerDatabase: await TcpProxy.open(plan.postgres.port),
      doorDatabase: await TcpProxy.open(plan.postgres.port),
      provider: await TcpProxy.open(ports.sandbox),
      hooks: await TcpProxy.open(ports.door),
    };
    const stack = new FaultStack(plan, databaseName, { proxies, endpoint: await Endpoint.open() }, ports);
    await Promise.all([plan.postgres.createDatabase(databaseName), stack.sandbox.start()]);
    return stack;
  }

  async startProduct(workers = 2): Promise<void> {
    await Promise.all([this.door.start(), ...Array.from({ length: workers }, () => this.addWorker())]);
  }

  /** One more worker on the same database. `env`: for its first life only. */
  async addWorker(env: Record<string, string> = {}): Promise<Service> {
    const name = `worker-${this.workers.length + 1}`;
    const database = this.postgres.urlOf(this.databaseName, this.proxies.workerDatabase.port);
    const worker = this.#service(
      name,
      "server/engine/main.ts",
      { DATABASE_URL: database, CHASQUI_WORKER_NAME: name },
      () => Promise.resolve(this.logOf(worker).includes("Worker is ready")),
    );
    this.workers.push(worker);
    await worker.start(env);
    return worker;
  }

  /** Everything a process of this run has written so far. */
  logOf(service: Service): string {
    return readFileSync(service.plan.logFile, "utf8");
  }

  /** The logs of all processes of this run, by file name. */
  logs(): Record<string, string> {
    const files = readdirSync(this.folder).filter((file) => file.endsWith(".log"));
    return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(this.folder, file), "utf8")]));
  }

  /** Rows of one statement, past every proxy. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, values)).rows;
  }

  /** The one number that a statement answers as "n". */
  async count(text: string, values: unknown[] = []): Promise<number> {
    const [row] = await this.query<{ n: number | string }>(text, values);
    return Number(row?.n ?? 0);
  }

  /** Waits until `check` says true (what it throws counts as false). Throws after `withinMs`. */
  async until(what: string, check: () => Promise<boolean>, withinMs: number, everyMs = 50): Promise<void> {
    const end = performance.now() + withinMs;
    for (;;) {
      if (await check().catch(() => false)) return;
      if (performance.now() > end) throw new Error(`Not within ${withinMs / 1000} s: ${what}.`);
      await delay(everyMs);
    }
  }

  /** The door answers and reaches its database. */
  isDoorOpen(): Promise<boolean> {
    return isOk(`${this.doorUrl}/health`);
  }

  /** The product's time in milliseconds since 1970. */
  now(): number {
    return Date.now() + this.clockOffsetMs;
  }

  /** Moves the product's and the sandbox's clock forward together. The database's own clock, by which leases run, stays. */
  async moveClock(seconds: number): Promise<void> {
    await advanceClock(this.db, readEnv(this.#env), { advanceSeconds: seconds });
    this.clockOffsetMs += seconds * 1000;
  }

  /** Ends every process of the run. */
  async endProcesses(): Promise<void> {
    for (const proxy of Object.values(this.proxies)) proxy.calm();
    await Promise.all([this.door, ...this.workers].map((service) => service.kill()));
    await this.sandbox.kill();
    if (!this.postgres.isRunning) await this.postgres.start();
  }

  /** Ends every process and drops the database. The folder with the logs stays. */
  async close(): Promise<void> {
    await this.endProcesses();
    await Promise.all([...Object.values(this.proxies), this.endpoint].map((line) => line.close()));
    await this.pool.end();
    await this.postgres.dropDatabase(this.databaseName);
  }

  #service(name: string, entry: string, env: Record<string, string>, isReady: () => Promise<boolean>): Service {
    const isWorker = name.startsWith("worker");
    return new Service({
      name,
      entry,
      env: { ...this.#env, ...env },
      logFile: path.join(this.folder, `${name}.log`),
      ...(isWorker ? { imports: this.#plan.workerImports } : {}),
      isReady,
    });
  }
}

async function isOk(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.arrayBuffer();
  return response.ok;
}
