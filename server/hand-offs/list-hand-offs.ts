import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { contact, flow, handOff, message, user } from "#db/schema/index.ts";
import { maskPhone } from "../mask-phone.ts";
import type { Actor } from "../trpc.ts";

export const ListHandOffsInput = z.strictObject({ tab: z.enum(["open", "mine", "resolved"]).default("open") });

const pageLength = 100;

/** People who wait for a person: urgent first, then the one who waits longest. Those that are over: newest first. */
export async function listHandOffs(actor: Actor, { tab }: z.output<typeof ListHandOffsInput>) {
  const { workspaceId, userId } = actor.session;
  const inWorkspace = eq(handOff.workspaceId, workspaceId);
  const isPending = inArray(handOff.status, ["open", "claimed"]);
  const isOver = inArray(handOff.status, ["resolved", "closed"]);
  const where = {
    open: and(inWorkspace, isPending),
    mine: and(inWorkspace, isPending, eq(handOff.assignee, userId)),
    resolved: and(inWorkspace, isOver),
  }[tab];
  const [rows, open, mine, resolved] = await Promise.all([
    actor.db
      .select({
        id: handOff.id,
        queue: handOff.queue,
        priority: handOff.priority,
        note: handOff.note,
        status: handOff.status,
        createdAt: handOff.createdAt,
        claimedAt: handOff.claimedAt,
        resolvedAt: handOff.resolvedAt,
        outcome: handOff.outcome,
        assignee: handOff.assignee,
        assigneeName: user.name,
        contactId: handOff.contactId,
        firstName: contact.firstName,
        lastName: contact.lastName,
        phone: contact.phone,
        lastInboundAt: contact.lastInboundAt,
        flowId: handOff.flowId,
        flowName: flow.name,
      })
      .from(handOff)
      .innerJoin(contact, eq(contact.id, handOff.contactId))
      .leftJoin(flow, eq(flow.id, handOff.flowId))
      .leftJoin(user, eq(user.id, handOff.assignee))
      .where(where)
      .orderBy(...(tab === "resolved" ? [desc(handOff.resolvedAt)] : [desc(handOff.priority), asc(handOff.createdAt)]))
      .limit(pageLength),
    actor.db.$count(handOff, and(inWorkspace, isPending)),
    actor.db.$count(handOff, and(inWorkspace, isPending, eq(handOff.assignee, userId))),
    actor.db.$count(handOff, and(inWorkspace, isOver)),
  ]);
  const words = await lastWords(
    actor,
    rows.map((row) => row.contactId),
  );
  return {
    counts: { open, mine, resolved },
    rows: rows.map((row) => ({ ...row, phone: maskPhone(row.phone), lastWords: words.get(row.contactId) ?? null })),
  };
}

/** The newest thing each person wrote or tapped. */
async function lastWords(actor: Actor, contactIds: string[]): Promise<Map<string, string>> {
  if (contactIds.length === 0) return new Map();
  const rows = await actor.db
    .selectDistinctOn([message.contactId], { contactId: message.contactId, content: message.content })
    .from(message)
    .where(and(inArray(message.contactId, contactIds), eq(message.direction, "inbound")))
    .orderBy(message.contactId, desc(message.createdAt));
  return new Map(rows.map((row) => [row.contactId, row.content?.body ?? ""]));
}
