import path from "node:path";
import { buildWeb } from "./build-web.ts";
import { type RunningDatabase, startDatabase } from "./database.ts";
import { connectSandbox, seedDemo } from "./demo.ts";
import { endLeftOver } from "./end-left-over.ts";
import { isPortFree } from "./free-port.ts";
import { type Home, logFile, openHome, writeRunNote } from "./home.ts";
import { lockHome } from "./home-lock.ts";
import { KeptChild } from "./kept-child.ts";
import { childEnvironment, type Part, partsOf } from "./parts.ts";
import { Refusal } from "./refusal.ts";
import { lastWords } from "./run-once.ts";
import { readSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { waitFor } from "./wait-for.ts";

const readyLimitMs = 120_000;

export type Stack = {
  /** The address of the web app. */
  url: string;
  /** The environment every process was given: for a test that reads the database or starts one more worker. */
  env: NodeJS.ProcessEnv;
  /** The database as its owner sees it, who may do what no process may. */
  ownerUrl: string;
  stop: () => Promise<void>;
};

export type StackOptions = {
  /** Gets sentences for the operator. */
  say: (sentence: string) => void;
  /** Ends the start in the middle: everything that is up by then is stopped again. */
  signal?: AbortSignal;
  isThrowAway?: boolean;
};

/**
 * Starts the whole of Chasqui on one data folder and answers when every part is healthy: database, sandbox (demo), door, workers, web.
 * Throws a Refusal, with everything stopped again, where that is not possible.
 */
export async function startStack(settings: Settings, options: StackOptions): Promise<Stack> {
  const home = openHome(settings.home);
  const run = new Run(settings, home, await lockHome(home), options);
  try {
    await run.start();
    return { url: `http://localhost:${settings.port}`, env: run.env, ownerUrl: run.ownerUrl, stop: () => run.stop() };
  } catch (error) {
    await run.stop();
    throw error;
  }
}

class Run {
  env: NodeJS.ProcessEnv = { ...process.env };
  ownerUrl = "";
  readonly #settings: Settings;
  readonly #home: Home;
  readonly #release: () => void;
  readonly #options: StackOptions;
  #database: RunningDatabase | null = null;
  #children: KeptChild[] = [];
  #state: "running" | "stopping" = "running";
  #stopped: Promise<void> | null = null;

  constructor(settings: Settings, home: Home, release: () => void, options: StackOptions) {
    this.#settings = settings;
    this.#home = home;
    this.#release = release;
    this.#options = options;
  }

  async start(): Promise<void> {
    const { ownDatabaseUrl, ownSecret, isDemo, isDev } = this.#settings;
    await endLeftOver(this.#home);
    await refuseTakenPorts(this.#settings);
    const secrets = readSecrets(this.#home);
    // The build needs no database: on a first start it hides the time of everything before the processes.
    const building = isDev ? Promise.resolve(".next") : this.#build();
    building.catch(() => undefined);
    const { isThrowAway, signal } = this.#options;
    this.#database = await startDatabase({
      home: this.#home,
      ownUrl: ownDatabaseUrl,
      password: secrets.POSTGRES_PASSWORD,
      secret: ownSecret ?? secrets.CHASQUI_SECRET,
      isThrowAway,
    });
    this.ownerUrl = this.#database.ownerUrl;
    const found = { DATABASE_URL: this.#database.url, CHASQUI_SECRET: ownSecret ?? secrets.CHASQUI_SECRET };
    this.env = childEnvironment(this.#settings, found);
    this.#note();
    if (isDemo) await seedDemo({ env: this.env, logFile: logFile(this.#home, "seed"), signal });
    this.env.NEXT_DIST_DIR = await building;
    await this.#startParts(partsOf(this.#settings));
  }

  /** Web, door and workers end together, then the sandbox that they talk to, and Postgres last. Two seconds when nothing is under way, at most half a minute. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopInOrder();
    return this.#stopped;
  }

  async #stopInOrder(): Promise<void> {
    this.#state = "stopping";
    this.#note();
    const isSandbox = (child: KeptChild) => child.plan.name === "sandbox";
    await Promise.all(this.#children.filter((child) => !isSandbox(child)).map((child) => child.stop(graceMsOf(child))));
    await Promise.all(this.#children.filter(isSandbox).map((child) => child.stop(1_500)));
    await this.#database?.stop();
    this.#note();
    this.#release();
  }

  #build(): Promise<string> {
    const { say, signal } = this.#options;
    const onStart = () => say("Building the web app (once per version, about a minute)...");
    return buildWeb({ logFile: path.join(this.#home.logs, "build.log"), onStart, signal });
  }

  async #startParts(parts: Part[]): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const events = { onSpawn: () => this.#note(), onProblem: this.#options.say };
    for (const { name, entry } of parts) {
      this.#children.push(new KeptChild({ name, entry, env: this.env, logFile: logFile(this.#home, name) }, events));
    }
    this.#note();
    const ready = new Map(parts.map((part) => [part.name, this.#waitUntilReady(part)]));
    const connected = this.#settings.isDemo ? this.#connectSandbox([ready.get("sandbox"), ready.get("door")]) : null;
    await Promise.all([...ready.values(), connected]);
    for (const child of this.#children) child.markReady();
  }

  /** Beside the web's own start: door and sandbox are up sooner. */
  async #connectSandbox(ends: (Promise<void> | undefined)[]): Promise<void> {
    await Promise.all(ends);
    await connectSandbox({
      env: this.env,
      logFile: logFile(this.#home, "connect-sandbox"),
      signal: this.#options.signal,
    });
  }

  async #waitUntilReady({ name, isReady }: Part): Promise<void> {
    const dead = () => this.#children.find((child) => child.hasFailedToStart)?.plan;
    const patience = { limitMs: readyLimitMs, signal: this.#options.signal };
    const isDecided = await waitFor(async () => dead() !== undefined || (await isReady()), patience);
    const failed = dead();
    if (failed)
      throw new Refusal(`The ${failed.name} does not start: ${lastWords(failed.logFile)} (its log: ${failed.logFile})`);
    if (!isDecided)
      throw new Refusal(`The ${name} is not ready after ${readyLimitMs / 1000} s; the logs are in ${this.#home.logs}.`);
  }

  #note(): void {
    const children = this.#children.flatMap((child) => child.pid ?? []);
    writeRunNote(this.#home, {
      pid: process.pid,
      state: this.#state,
      children,
      postgresPort: this.#database?.embeddedPort,
    });
  }
}

/** A worker finishes the calls that it has begun (server/engine/main.ts: 20 s); everybody else has only connections to close. */
const graceMsOf = ({ plan }: KeptChild): number => (plan.entry === "server/engine/main.ts" ? 21_000 : 5_000);

async function refuseTakenPorts({ host, port, doorPort, sandboxPort, isDemo }: Settings): Promise<void> {
  const wanted: [string, number][] = [
    ["PORT", port],
    ["DOOR_PORT", doorPort],
  ];
  if (isDemo) wanted.push(["SANDBOX_PORT", sandboxPort]);
  for (const [name, value] of wanted) {
    if (!(await isPortFree(value, host)))
      throw new Refusal(`Port ${value} is taken by another program; set ${name} to a free one.`);
  }
}
