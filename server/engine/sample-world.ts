import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import * as tables from "#db/schema/index.ts";
import { type FlowSettings, Graph } from "#flow/graph.ts";
import type { JsonObject } from "#flow/json.ts";
import { secretPlace } from "#server/channels/open-connection.ts";
import { newId, shardOf } from "#server/id.ts";
import { seal } from "#server/secret.ts";
import { queueSignal } from "./queue-signal.ts";

export const sampleSecret = "ab".repeat(32);
export const sampleHookToken = "hook";

type Identity = { phoneNumberId: string; accountId: string; token: string; appSecret: string; verifyToken: string };

type WorldOptions = { baseUrl?: string; messagesPerSecond?: number; capPerDay?: number; identity?: Identity };

/** Of a number that nobody answers for. */
const noIdentity: Identity = { phoneNumberId: "1", accountId: "2", token: "t", appSecret: "s", verifyToken: "v" };

type Step = { id: string; type: string; data?: Record<string, unknown> };
type Path = [source: string, handle: string, target: string];

/** A workspace with one channel and one approved template ("hello": first_name, button help), and verbs to fill it. For tests and benchmarks. */
export class SampleWorld {
  readonly workspaceId = newId();
  readonly channelId = newId();
  readonly #database: { db: Database };

  constructor(database: { db: Database }) {
    this.#database = database;
  }

  async build(options: WorldOptions = {}): Promise<void> {
    const { db } = this.#database;
    const row = { id: this.channelId, workspaceId: this.workspaceId };
    const identity = options.identity ?? noIdentity;
    await db.insert(tables.workspace).values({
      id: this.workspaceId,
      name: "Test bank",
      slug: this.workspaceId,
      capPerDay: options.capPerDay ?? 3,
      // The same time twice: never quiet, so that tests do not depend on the hour.
      quietFrom: "00:00",
      quietTo: "00:00",
    });
    await db.insert(tables.channel).values({
      ...row,
      provider: "meta-cloud",
      name: "Sandbox",
      phone: "+15550001111",
      phoneNumberId: identity.phoneNumberId,
      accountId: identity.accountId,
      baseUrl: options.baseUrl ?? "http://127.0.0.1:1",
      tokenSealed: seal(sampleSecret, secretPlace(row, "token"), identity.token),
      appSecretSealed: seal(sampleSecret, secretPlace(row, "app-secret"), identity.appSecret),
      verifyTokenSealed: seal(sampleSecret, secretPlace(row, "verify-token"), identity.verifyToken),
      hookToken: sampleHookToken,
      messagesPerSecond: options.messagesPerSecond ?? 5000,
    });
    await this.addTemplate("hello", "Hello {{first_name}}, how are you?");
  }

  async addTemplate(name: string, body: string): Promise<void> {
    const { db } = this.#database;
    const templateId = newId();
    await db
      .insert(tables.template)
      .values({ id: templateId, workspaceId: this.workspaceId, name, category: "utility", updatedBy: "test" });
    await db.insert(tables.templateLanguage).values({
      templateId,
      workspaceId: this.workspaceId,
      language: "en",
      body,
      buttons: [{ kind: "quick-reply", id: "help", text: "Help" }],
      status: "approved",
    });
  }

  async addContacts(count: number, facts: Partial<typeof tables.contact.$inferInsert> = {}): Promise<string[]> {
    const ids = Array.from({ length: count }, newId);
    const at = new Date().toISOString();
    const granted = { state: "granted" as const, at, source: "test" };
    const rows = ids.map((id, index) => ({
      id,
      workspaceId: this.workspaceId,
      shard: shardOf(this.workspaceId, id),
      phone: `+1415${String(5_551_001 + index)}`,
      firstName: "Ana",
      consents: { service: granted, marketing: granted },
      ...facts,
    }));
    for (let from = 0; from < rows.length; from += 1000)
      await this.#database.db.insert(tables.contact).values(rows.slice(from, from + 1000));
    return ids;
  }

  /** Publishes a flow that event `opens` starts. The step "start" is made here; paths may begin at it. */
  async publish(opens: string, steps: Step[], paths: Path[], settings: Partial<FlowSettings> = {}): Promise<string> {
    const { db } = this.#database;
    const { workspaceId } = this;
    const [flowId, versionId] = [newId(), newId()];
    const graph = sampleGraph(opens, { steps, paths, settings });
    await db.insert(tables.flow).values({
      id: flowId,
      workspaceId,
      name: opens,
      status: "active",
      draft: graph,
      versionId,
      createdBy: "test",
      updatedBy: "test",
    });
    await this.#insertVersion({ flowId, versionId, number: 1, opens, graph });
    return flowId;
  }

  /** Publishes another version of a flow: from now on it is the one that people enter. Answers its id. */
  async publishNext(flowId: string, number: number, opens: string, drawn: Drawn): Promise<string> {
    const versionId = newId();
    await this.#insertVersion({ flowId, versionId, number, opens, graph: sampleGraph(opens, drawn) });
    await this.#database.db.update(tables.flow).set({ versionId }).where(eq(tables.flow.id, flowId));
    return versionId;
  }

  async #insertVersion(version: { flowId: string; versionId: string; number: number; opens: string; graph: Graph }) {
    const { versionId, opens, ...row } = version;
    await this.#database.db.insert(tables.flowVersion).values({
      ...row,
      id: versionId,
      workspaceId: this.workspaceId,
      hash: versionId,
      triggerEvent: opens,
      publishedBy: "test",
      publishedAt: new Date(),
    });
  }

  /** Puts an event into the river as the door does. Answers its id. */
  async sendEvent(contactId: string, name: string, properties: JsonObject = {}, id = newId()): Promise<string> {
    const { workspaceId } = this;
    const event = { id, name, properties, at: Date.now() };
    await queueSignal(this.#database.db, { workspaceId, contactId, enrollmentId: null }, { kind: "event", event });
    return id;
  }
}

type Drawn = { steps: Step[]; paths: Path[]; settings?: Partial<FlowSettings> };

function sampleGraph(opens: string, { steps, paths, settings = {} }: Drawn): Graph {
  const all: Step[] = [{ id: "start", type: "trigger-event", data: { event: opens, rule: { all: [] } } }, ...steps];
  return Graph.parse({
    schemaVersion: 1,
    nodes: all.map(({ id, type, data = {} }) => ({ id, type, position: { x: 0, y: 0 }, data })),
    edges: paths.map(([source, sourceHandle, target], index) => ({ id: `e${index}`, source, sourceHandle, target })),
    settings,
  });
}
