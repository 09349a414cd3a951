import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { connect } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.ts";
import { metaCloud } from "#server/channels/meta-cloud/meta-cloud.ts";
import { type RunningDoor, startDoor } from "#server/door/start-door.ts";
import { readEnv } from "#server/env.ts";
import { newId } from "#server/id.ts";
import { sandboxIdentity } from "#server/sandbox/identity.ts";
import { type RunningSandbox, startSandbox } from "#server/sandbox/server.ts";
import { dispatchUrl, engineUrl } from "./engine-url.ts";
import { connectionName } from "./lease.ts";
import { SampleWorld, sampleHookToken, sampleSecret } from "./sample-world.ts";
import { startWorker, type Worker, type WorkerOptions } from "./worker.ts";

const silent = pino({ level: "silent" });

/**
 * The whole river in one process for tests: database, sandbox, door and as many workers as a test starts, with one world
 * whose template the sandbox has approved.
 */
export class TestRig {
  readonly database: TestDatabase;
  readonly sandbox: RunningSandbox;
  readonly door: RunningDoor;
  readonly world: SampleWorld;
  readonly #home: string;
  readonly #workers: (Worker & { end: () => Promise<void> })[] = [];

  private constructor(database: TestDatabase, sandbox: RunningSandbox, door: RunningDoor, home: string) {
    this.database = database;
    this.sandbox = sandbox;
    this.door = door;
    this.#home = home;
    this.world = new SampleWorld(database);
  }

  static async open(): Promise<TestRig> {
    const home = mkdtempSync(path.join(tmpdir(), "chasqui-rig-"));
    const database = await createTestDatabase();
    const identity = sandboxIdentity(sampleSecret);
    const sandbox = await startSandbox({ host: "127.0.0.1", port: 0, home, identity, seed: "rig" });
    const env = {
      ...readEnv({ DATABASE_URL: database.url, CHASQUI_SECRET: sampleSecret, CHASQUI_HOME: home }),
      doorPort: 0,
    };
    const rig = new TestRig(database, sandbox, await startDoor(env, silent), home);
    await rig.world.build({ baseUrl: sandbox.url, identity });
    await rig.approveTemplate();
    return rig;
  }

  /** Has the sandbox tell this rig's door what becomes of messages, on a quick schedule. */
  async subscribe(schedule = { sent_ms: 5, delivered_ms: 10, read_ms: 20 }): Promise<void> {
    await this.control("schedule", schedule);
    const { channelId } = this.world;
    await this.control("webhook", {
      url: `http://127.0.0.1:${this.door.port}/hooks/meta/${channelId}/${sampleHookToken}`,
    });
  }

  async control(verb: string, body: object): Promise<unknown> {
    const response = await fetch(`${this.sandbox.url}/__sandbox/${verb}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`Sandbox ${verb}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  startWorker(options: Partial<WorkerOptions> = {}): Worker {
    const id = newId();
    const connections = { name: connectionName(id), onError: () => undefined };
    const { pool } = connect(engineUrl(this.database.url), { ...connections, max: 8 });
    const { pool: dispatchPool } = connect(dispatchUrl(this.database.url), { ...connections, max: 3 });
    const clock = { now: () => new Date() };
    const worker = startWorker({
      id,
      databaseUrl: this.database.url,
      pool,
      dispatchPool,
      clock,
      log: silent,
      secret: sampleSecret,
      publicUrl: "http://localhost",
      ...options,
    });
    const end = async () => {
      await worker.stop();
      await Promise.all([pool.end(), dispatchPool.end()]);
    };
    this.#workers.push({ ...worker, end });
    return worker;
  }

  /** What the sandbox has accepted. */
  get accepted() {
    return this.sandbox.sandbox.world.log.filter((message) => message.direction === "outbound");
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.end()));
    await this.sandbox.close();
    await this.door.close();
    await this.database.drop();
    rmSync(this.#home, { recursive: true, force: true });
  }

  async approveTemplate(): Promise<void> {
    const identity = sandboxIdentity(sampleSecret);
    const connection = { channelId: this.world.channelId, baseUrl: this.sandbox.url, ...identity };
    const buttons = [{ kind: "quick-reply" as const, id: "help", text: "Help" }];
    const content = { language: "en", header: null, body: "Hello {{first_name}}, how are you?", footer: null, buttons };
    const template = {
      name: "hello",
      category: "utility" as const,
      content,
      samples: { first_name: "Ana" },
      linkBase: "http://localhost/r/",
    };
    const submitted = await metaCloud.submitTemplate(connection, template);
    if (submitted.outcome !== "accepted") throw new Error(`Template: ${JSON.stringify(submitted)}`);
    await this.control(`templates/${submitted.providerId}/decide`, { event: "APPROVED" });
  }
}
