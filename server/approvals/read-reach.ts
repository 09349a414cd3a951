import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import type { TemplateCategory } from "#flow/template.ts";
import { type Cost, estimateCost } from "#server/channels/prices/estimate-cost.ts";
import { readCatalog } from "#server/flows/read-catalog.ts";
import { readTemplateUse } from "#server/templates/template-use.ts";
import type { Actor } from "#server/trpc.ts";
import { type CountStep, countWithin, patienceMs } from "./count-within.ts";
import { type ApprovalRow, findApproval } from "./find-approval.ts";
import { type Entries, flowAudience, oldestId, reachDays, readEntries, templateAudience } from "./read-people.ts";

export const ReadReach = z.strictObject({ approvalId: z.uuid() });

export type Reach = {
  days: number;
  people: number;
  messages: number;
  /** measured: as many as were sent last month; at-most: every step that sends, for everybody who would enter. */
  basis: "measured" | "at-most";
  /** Null where no price is known for anybody. */
  cost: Cost | null;
  /** People whose price nobody knows: the cost leaves them out. */
  unpriced: number;
  /** People who wait inside the flow, or inside the flows that send the template. */
  inside: number;
};

/** Whom a request would reach in a month, reckoned from the last one's events; null when they are too many to be counted in time. */
export async function readReach(
  actor: Actor,
  { approvalId }: z.infer<typeof ReadReach>,
  ms: number = patienceMs,
): Promise<Reach | null> {
  const { workspaceId } = actor.session;
  const stored = await findApproval(actor.db, { workspaceId, approvalId });
  const count = (step: CountStep) =>
    stored.snapshot.kind === "flow" ? reachOfFlow(step, actor, stored) : reachOfTemplate(step, actor, stored);
  return countWithin(actor.db, count, ms);
}

async function reachOfFlow(step: CountStep, actor: Actor, { subjectId, snapshot }: ApprovalRow): Promise<Reach> {
  if (snapshot.kind !== "flow") throw new Error("The request of a flow holds no graph.");
  const entries = await step((tx) => readEntries(tx, actor, flowAudience(snapshot.graph)));
  const names = snapshot.graph.nodes.flatMap(({ type, data }) =>
    type === "send" && typeof data.template === "string" ? [data.template] : [],
  );
  const catalog = await step((tx) => readCatalog(tx, actor.session.workspaceId));
  const categories = names.map((name) => catalog.templates.find((one) => one.name === name)?.category ?? "utility");
  const { messages, entered } = await step((tx) => sentByFlow(tx, actor, subjectId));
  const perEntry = entered > 0 ? messages / entered : names.length;
  return reckon(actor, {
    rows: entries.map((row) => ({ ...row, messages: row.entries * perEntry })),
    categories,
    basis: entered > 0 ? "measured" : "at-most",
    inside: await step((tx) => countInside(tx, [subjectId])),
  });
}

async function reachOfTemplate(step: CountStep, actor: Actor, { snapshot }: ApprovalRow): Promise<Reach> {
  if (snapshot.kind !== "template") throw new Error("The request of a template holds no text.");
  const { workspaceId } = actor.session;
  const uses = (await step((tx) => readTemplateUse(tx, workspaceId))).get(snapshot.name) ?? [];
  const sent = await step((tx) => sentWithTemplate(tx, actor, snapshot.name));
  const entries =
    sent.length > 0
      ? sent
      : await step(async (tx) => readEntries(tx, actor, await templateAudience(tx, workspaceId, snapshot.name)));
  return reckon(actor, {
    rows: entries.map((row) => ({ ...row, messages: row.entries })),
    categories: [snapshot.category],
    basis: sent.length > 0 ? "measured" : "at-most",
    inside: await step((tx) =>
      countInside(
        tx,
        uses.map((use) => use.flowId),
      ),
    ),
  });
}

type Counted = {
  rows: (Entries & { messages: number })[];
  categories: TemplateCategory[];
  basis: Reach["basis"];
  inside: number;
};

function reckon({ clock }: Actor, { rows, categories, basis, inside }: Counted): Reach {
  const at = clock.now().getTime();
  let amountMicros = 0;
  let currency: string | null = null;
  let unpriced = 0;
  for (const { prefix, people, messages } of categories.length > 0 ? rows : []) {
    // A step that sends another category costs another price: the average of those there are.
    const prices = categories.map((category) => estimateCost({ category, at, phone: prefix, lastInboundAt: null }));
    const known = prices.flatMap((price) => price ?? []);
    const [first] = known;
    if (!first || known.length < prices.length) {
      unpriced += people;
      continue;
    }
    const average = known.reduce((sum, price) => sum + price.amountMicros, 0) / known.length;
    amountMicros += Math.round(average * messages);
    currency = first.currency;
  }
  const cost = currency === null ? null : { amountMicros, currency };
  const sum = (of: (row: (typeof rows)[number]) => number) => Math.round(rows.reduce((all, row) => all + of(row), 0));
  return {
    days: reachDays,
    people: sum((row) => row.people),
    messages: sum((row) => row.messages),
    ...{ basis, cost, unpriced, inside },
  };
}

const sinceOf = ({ clock }: Actor): string => new Date(clock.now().getTime() - reachDays * 86_400_000).toISOString();

/** Messages of last month and the entries they belong to. */
async function sentByFlow(tx: Transaction, actor: Actor, flowId: string) {
  const since = sinceOf(actor);
  const { rows } = await tx.execute<{ messages: number; entered: number }>(sql`
    select
      (select count(*)::int from message where workspace_id = ${actor.session.workspaceId} and flow_id = ${flowId}
        and id >= ${oldestId()} and created_at >= ${since}::timestamptz and direction = 'outbound' and status in ('sent', 'delivered', 'read')) as messages,
      (select count(*)::int from enrollment where workspace_id = ${actor.session.workspaceId} and flow_id = ${flowId}
        and id >= ${oldestId()} and entered_at >= ${since}::timestamptz) as entered`);
  return rows[0] ?? { messages: 0, entered: 0 };
}

async function sentWithTemplate(tx: Transaction, actor: Actor, name: string): Promise<Entries[]> {
  const { rows } = await tx.execute<Entries>(sql`
    select left(contact.phone, 6) as prefix, count(distinct message.contact_id)::int as people, count(*)::int as entries
    from message join contact on contact.id = message.contact_id
    where message.workspace_id = ${actor.session.workspaceId} and message.template = ${name}
      and message.id >= ${oldestId()} and message.created_at >= ${sinceOf(actor)}::timestamptz and message.status in ('sent', 'delivered', 'read')
    group by 1 order by 1`);
  return rows;
}

async function countInside(tx: Transaction, flowIds: string[]): Promise<number> {
  if (flowIds.length === 0) return 0;
  const { rows } = await tx.execute<{ people: number }>(sql`
    select count(distinct contact_id)::int as people from enrollment
    where status = 'waiting' and flow_id in ${flowIds}`);
  return rows[0]?.people ?? 0;
}
