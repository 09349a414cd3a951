import { and, eq, sql } from "drizzle-orm";
import pino from "pino";
import * as tables from "#db/schema/index.ts";
import type { TestDatabase } from "#db/test-database.ts";
import type { MovePlan, MoveStep } from "#flow/move-plan.ts";
import { newId } from "#server/id.ts";
import { queueSignal } from "../queue-signal.ts";
import { SampleWorld } from "../sample-world.ts";
import { SignalHost } from "../signals/signal-host.ts";

const minute = 60_000;
type Step = { id: string; type: string; data?: Record<string, unknown> };
type Path = [string, string, string];

const days = (amount: number) => ({ amount, unit: "days" });
const steps = (atMost: number): Step[] => [
  { id: "ask", type: "condition", data: { branches: [{ id: "rich", name: "Rich", rule: rich }] } },
  { id: "offer", type: "send", data: { template: "hello", values: {} } },
  { id: "nap", type: "wait", data: { mode: "duration", duration: { amount: 2, unit: "hours" } } },
  {
    id: "paid",
    type: "wait-until",
    data: { sources: [{ kind: "event", id: "paid", event: "paid" }], timeout: days(atMost) },
  },
  { id: "again", type: "go-to", data: { nodeId: "offer" } },
  {
    id: "desk",
    type: "hand-off",
    data: { queue: "Desk", priority: "normal", timeout: { amount: 5, unit: "hours" } },
  },
  { id: "done", type: "goal", data: { name: "Paid" } },
  { id: "out", type: "exit", data: { reason: "poor" } },
];
const rich = { all: [{ path: "event.amount", op: "gte", value: 50 }] };
const paths: Path[] = [
  ["start", "next", "ask"],
  ["ask", "rich", "offer"],
  ["ask", "else", "nap"],
  ["offer", "next", "paid"],
  ["offer", "button:help", "desk"],
  ["paid", "paid", "done"],
  ["paid", "timeout", "again"],
  ["desk", "timeout", "out"],
];
/** Without the step "nap": its people have to go elsewhere. */
const nextDrawing = (atMost: number) => ({
  steps: steps(atMost).filter(({ id }) => id !== "nap"),
  paths: paths.map(([from, handle, to]): Path => (to === "nap" ? [from, handle, "out"] : [from, handle, to])),
  settings,
});
const settings = { reEntry: { mode: "every-event" as const } };

/** For tests: people of one flow to whom anything may happen, by a seed. */
export class RandomHistory {
  readonly world: SampleWorld;
  readonly host: SignalHost;
  now = new Date("2026-11-20T08:00:00Z");
  flowId = "";
  people: string[] = [];
  #version = 1;
  readonly #database: TestDatabase;
  readonly #random: () => number;

  constructor(database: TestDatabase, random: () => number) {
    this.#database = database;
    this.#random = random;
    this.world = new SampleWorld(database);
    const clock = { now: () => this.now };
    this.host = new SignalHost({ pool: database.pool, clock, log: pino({ level: "silent" }), batchSize: 7 });
  }

  async begin(): Promise<void> {
    await this.world.build();
    await this.#database.db
      .update(tables.workspace)
      .set({ timezone: "Asia/Kolkata" })
      .where(eq(tables.workspace.id, this.world.workspaceId));
    this.flowId = await this.world.publish("due", steps(3), paths, settings);
    for (const locale of ["fr-SN", "en", "hi", null])
      this.people.push(...(await this.world.addContacts(4, { locale })));
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new Error("Nothing to pick from.");
    return item;
  }

  /** One thing that may happen, whatever it is. */
  async happen(): Promise<void> {
    const chance = this.#random();
    const person = this.#pick(this.people);
    const to = { workspaceId: this.world.workspaceId, contactId: person, enrollmentId: null };
    if (chance < 0.4) await this.world.sendEvent(person, "due", { amount: Math.floor(this.#random() * 100) });
    else if (chance < 0.55) await this.world.sendEvent(person, "paid");
    else if (chance < 0.75)
      await queueSignal(this.#database.db, to, { kind: "button", buttonId: "help", text: "Help", visit: null });
    else this.now = new Date(this.now.getTime() + Math.floor(this.#random() * 30 * 60) * minute);
    if (this.#random() < 0.4) await this.settle();
  }

  /** Another version, with a plan drawn by lot for whoever stands on the older ones. */
  async publish(): Promise<void> {
    const { db } = this.#database;
    this.#version += 1;
    const drawing =
      this.#version % 2 === 0 ? nextDrawing(this.#version) : { steps: steps(this.#version), paths, settings };
    const standing = await db
      .selectDistinct({ versionId: tables.enrollment.versionId, nodeId: tables.enrollment.nodeId })
      .from(tables.enrollment)
      .where(and(eq(tables.enrollment.flowId, this.flowId), eq(tables.enrollment.status, "waiting")));
    const ids = drawing.steps.map(({ id }) => id);
    const plan: MovePlan = {
      spreadMinutes: 60,
      steps: standing.map(({ versionId, nodeId }): MoveStep => {
        const step = { versionId, nodeId: nodeId ?? "" };
        const act = this.#pick(["keep", "move", "move", "move", "exit"] as const);
        if (act !== "move") return { ...step, act, to: null };
        const isThere = ids.includes(step.nodeId) && this.#random() < 0.6;
        return { ...step, act, to: isThere ? step.nodeId : this.#pick(ids) };
      }),
    };
    const versionId = await this.world.publishNext(this.flowId, this.#version, "due", drawing);
    await db
      .update(tables.flowMove)
      .set({ finishedAt: this.now })
      .where(and(eq(tables.flowMove.flowId, this.flowId), sql`finished_at is null`));
    const row = { id: newId(), workspaceId: this.world.workspaceId, flowId: this.flowId, versionId, plan };
    await db.insert(tables.flowMove).values({ ...row, createdBy: "test", createdAt: this.now });
  }

  /** Until nothing is left to do. */
  async settle(): Promise<void> {
    const { host } = this;
    for (let works = 1; works > 0; ) {
      const applied = [await host.applyMoves(), await host.applyQueued(), await host.applyDue()];
      works = applied.reduce((sum, each) => sum + each.works, 0);
    }
  }
}
