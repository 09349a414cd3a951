import { approval, contact, flow, handOff, message } from "#db/schema/index.ts";
import { emptyGraph } from "#flow/graph.ts";
import { starters } from "#flow/starters/index.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import { shardOf } from "#server/id.ts";
import { fixedId } from "./fixed-id.ts";
import type { Seed } from "./seed.ts";
import { seedTemplates } from "./seed-templates.ts";

/** One of everything in the second tenant, so that tests can ask for each id from the first and must get "not found". */
export async function seedIsolation(seed: Seed): Promise<void> {
  const { tx, workspaceId, channelId, ownerId, now } = seed;
  const [flowId, contactId, messageId] = [
    fixedId("isolation:flow"),
    fixedId("isolation:contact"),
    fixedId("isolation:message"),
  ];
  const shard = shardOf(workspaceId, contactId);
  await tx.insert(flow).values({
    id: flowId,
    workspaceId,
    name: "Nobody else sees this",
    draft: starters[0]?.graph ?? emptyGraph(),
    createdBy: ownerId,
    updatedBy: ownerId,
    createdAt: now,
    updatedAt: now,
  });
  const graph = starters[0]?.graph ?? emptyGraph();
  await tx.insert(approval).values({
    id: fixedId("isolation:approval"),
    workspaceId,
    subject: "flow",
    subjectId: flowId,
    snapshot: { kind: "flow", name: "Nobody else sees this", graph },
    hash: canonicalHash(graph),
    version: 1,
    askedBy: ownerId,
    authors: [ownerId],
    why: "So that there is a request in this workspace, too.",
    needed: 1,
    askedAt: now,
  });
  await seedTemplates(seed, starters[0]?.templates ?? []);
  await tx.insert(contact).values({
    id: contactId,
    workspaceId,
    shard,
    externalId: "isolation-1",
    firstName: "Ines",
    lastName: "Oliveira",
    phone: "+33639980001",
    locale: "en",
    timezone: "Europe/Paris",
    createdAt: now,
    updatedAt: now,
  });
  const about = { workspaceId, contactId, createdAt: now };
  await tx.insert(message).values({
    ...about,
    id: messageId,
    shard,
    channelId,
    direction: "inbound",
    type: "text",
    content: { body: "Hello" },
    status: "received",
  });
  await tx
    .insert(handOff)
    .values({ ...about, id: fixedId("isolation:hand-off"), queue: "support", priority: "normal", note: "", flowId });
}
