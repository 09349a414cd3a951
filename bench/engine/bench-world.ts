import type { Purpose } from "#flow/graph.ts";
import { metaCloud } from "#server/channels/meta-cloud/meta-cloud.ts";
import { SampleWorld, sampleSecret } from "#server/engine/sample-world.ts";
import { newId, shardOf } from "#server/id.ts";
import { sandboxIdentity } from "#server/sandbox/identity.ts";
import type { BenchStack } from "./bench-stack.ts";

/** A workspace with people and the flow that is measured: event, condition, A/B split, send, goal. */
export async function buildWorld(
  stack: BenchStack,
  people: number,
): Promise<{ world: SampleWorld; contacts: string[] }> {
  const world = new SampleWorld(stack.database);
  const identity = sandboxIdentity(sampleSecret);
  await world.build({ baseUrl: stack.sandboxUrl, messagesPerSecond: 20_000, identity });
  const contacts = await world.addContacts(people, { attributes: { score: 700 } });
  await publishRun(world);
  return { world, contacts };
}

/** Publishes the flow that is measured, started by `event`; its messages have this purpose. */
export async function publishRun(
  world: SampleWorld,
  { event = "bench.event", purpose = "service" }: { event?: string; purpose?: Purpose } = {},
): Promise<string> {
  const send = (id: string) => ({
    id,
    type: "send",
    data: { template: "hello", values: { first_name: { from: "path", path: "contact.firstName" } } },
  });
  const rule = { path: "contact.score", op: "gt", value: 600 };
  const steps = [
    { id: "score", type: "condition", data: { branches: [{ id: "good", name: "Good", rule }] } },
    { id: "split", type: "split", data: { experimentId: "bench", arms: [arm("a"), arm("b")] } },
    send("send-a"),
    send("send-b"),
    { id: "goal", type: "goal", data: { name: "done" } },
  ];
  const paths: [string, string, string][] = [
    ["start", "next", "score"],
    ["score", "good", "split"],
    ["split", "a", "send-a"],
    ["split", "b", "send-b"],
    ["send-a", "next", "goal"],
    ["send-b", "next", "goal"],
  ];
  return world.publish(event, steps, paths, { purpose });
}

const arm = (id: string) => ({ id, name: id.toUpperCase(), weight: 50 });

/** Has the sandbox approve the template that the flow sends. */
export async function approveTemplate(stack: BenchStack): Promise<void> {
  const connection = { channelId: newId(), baseUrl: stack.sandboxUrl, ...sandboxIdentity(sampleSecret) };
  const buttons = [{ kind: "quick-reply" as const, id: "help", text: "Help" }];
  const content = { language: "en", header: null, body: "Hello {{first_name}}, how are you?", footer: null, buttons };
  const template = { name: "hello", category: "utility" as const, content, samples: { first_name: "Ana" } };
  const submitted = await metaCloud.submitTemplate(connection, { ...template, linkBase: "http://localhost/r/" });
  if (submitted.outcome !== "accepted")
    throw new Error(`The sandbox did not take the template: ${JSON.stringify(submitted)}`);
  await stack.control(`templates/${submitted.providerId}/decide`, { event: "APPROVED" });
}

/** Puts one event per person into the queue, as the event door does. */
export async function queueEvents(stack: BenchStack, world: SampleWorld, contacts: readonly string[]): Promise<void> {
  for (let from = 0; from < contacts.length; from += 1000) {
    const rows = contacts.slice(from, from + 1000).map((contactId) => ({
      shard: shardOf(world.workspaceId, contactId),
      contact_id: contactId,
      event_id: newId(),
    }));
    await stack.database.pool.query(
      `with x as materialized (
         select * from json_to_recordset($1::json) as x(shard smallint, contact_id uuid, event_id uuid)
       ), stored as (
         insert into event (id, received_at, workspace_id, shard, contact_id, message_id, type, name, properties, occurred_at)
         select event_id, now(), $2, shard, contact_id, event_id::text, 'track', 'bench.event',
           '{"amount": 105000, "currency": "XOF", "merchant": "Marché Kermel"}', now()
         from x
       )
       insert into signal_queue (workspace_id, shard, contact_id, payload, event_id, created_at)
       select $2, shard, contact_id, '{"kind": "event"}', event_id, now() from x`,
      [JSON.stringify(rows), world.workspaceId],
    );
  }
  await stack.database.pool.query("notify chasqui_signal");
}
