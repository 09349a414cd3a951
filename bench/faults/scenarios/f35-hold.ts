import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import * as tables from "#db/schema/index.ts";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { queueSignal } from "#server/engine/queue-signal.ts";
import { flowStatusVerb } from "#server/flows/change-flow-status.ts";
import { newId } from "#server/id.ts";
import { defineFault, type FaultBench } from "../contract.ts";
import { addActor } from "../world/add-actor.ts";
import { publish } from "../world/build-world.ts";
import { sendStep } from "../world/known-flow.ts";

const heldMs = 3_000;
/** A claim that had read the flow before the archiving was committed, and the calls that it began. */
const inFlightMs = 1_000;

/**
 * Two flows of their own in mid run: one is held and released, the other archived. Between the answer to the hold and the release
 * nothing of the first leaves; nothing of the second leaves after the archiving, and everybody in it ends.
 */
export const holdAndArchive = defineFault({
  id: "F35",
  title: "a flow held and released, another archived, in mid run",
  allows: { ends: ["stopped"], skipped: ["stopped"] },
  load: { lastsSeconds: 8 },
  inject: async (bench) => {
    const { stack, note } = bench;
    const [held, archived] = [await openFlow(bench, "held"), await openFlow(bench, "archived")];
    await enterAll(bench, ["held", "archived"]);
    await stack.until("the flow is in mid run", async () => (await settled(bench, held)) > 5, 20_000);
    await setStatus(bench, archived, "archived");
    const operator = await addActor(bench, "owner");
    const { onTheirWay } = await flowStatusVerb("hold-flow")(operator, { flowId: held });
    if (onTheirWay > 0) throw new Error(`${onTheirWay} messages were still on their way when the hold was answered.`);
    const heldFrom = await settled(bench, held);
    await delay(inFlightMs);
    await stack.until("the calls under way are over", async () => (await underWay(bench, archived)) === 0, 20_000);
    const atHold = [heldFrom, await settled(bench, archived)];
    await delay(heldMs);
    const atRelease = [await settled(bench, held), await settled(bench, archived)];
    await flowStatusVerb("release-flow")(operator, { flowId: held });
    if (atHold.join() !== atRelease.join()) throw new Error(`While held, ${atHold} messages became ${atRelease}.`);
    note("sent before the hold", atHold[0] ?? 0);
    await stack.until("what was held has left", async () => (await left(bench, held)) === 0, 30_000);
    note("sent after the release", (await settled(bench, held)) - (atRelease[0] ?? 0));
    await stack.until("the archived flow is empty", async () => (await inside(bench, archived)) === 0, 30_000);
  },
});

/** Waits for a moment of each person's own, then writes: people are everywhere in it when it is held. */
async function openFlow({ stack, world }: FaultBench, name: string): Promise<string> {
  const graph = drawGraph(
    { purpose: "transaction", reEntry: { mode: "every-event" } },
    [
      step("start", "trigger-event", [0, 0], { event: `extra.${name}`, rule: { all: [] } }),
      step("pause", "wait", [0, 0], { mode: "date", path: "event.wakeAt", offsetHours: 0 }),
      sendStep("first", "transaction_extra"),
    ],
    [
      ["start", "next", "pause"],
      ["pause", "next", "first"],
    ],
  );
  const { id } = await publish(stack.db, world.workspaceId, { name, event: `extra.${name}`, graph });
  return id;
}

/** Everybody enters; they wake one after the other over four seconds. */
async function enterAll({ stack, world }: FaultBench, names: string[]): Promise<void> {
  const { workspaceId, people } = world;
  for (const [index, { contactId }] of people.entries()) {
    const wakeAt = new Date(stack.now() + 500 + (4_000 * index) / people.length).toISOString();
    for (const name of names) {
      const properties = { wakeAt, ref: `X-${name}-${index}` };
      const event = { id: newId(), name: `extra.${name}`, properties, at: stack.now() };
      await queueSignal(stack.db, { workspaceId, contactId, enrollmentId: null }, { kind: "event", event });
    }
  }
}

const setStatus = ({ stack }: FaultBench, flowId: string, status: "archived") =>
  stack.db.update(tables.flow).set({ status }).where(eq(tables.flow.id, flowId));

/** Messages of a flow that the provider has. */
const settled = ({ stack }: FaultBench, flowId: string) =>
  stack.count("select count(*) as n from message where flow_id = $1 and wamid is not null", [flowId]);

/** Claimed before the archiving was committed: their calls are made. */
const underWay = ({ stack }: FaultBench, flowId: string) =>
  stack.count(
    `select count(*) as n from outbox o join message m on m.id = o.message_id
     where o.status = 'sending' and m.flow_id = $1`,
    [flowId],
  );

const left = ({ stack }: FaultBench, flowId: string) =>
  stack.count(
    `select (select count(*) from enrollment where flow_id = $1 and status = 'waiting')
          + (select count(*) from message m join outbox o on o.message_id = m.id where m.flow_id = $1) as n`,
    [flowId],
  );

const inside = ({ stack }: FaultBench, flowId: string) =>
  stack.count("select count(*) as n from enrollment where flow_id = $1 and status = 'waiting'", [flowId]);
