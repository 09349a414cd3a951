import { sql } from "drizzle-orm";
import { z } from "zod";
import { contact } from "#db/schema/index.ts";
import { matchSearch } from "#server/contacts/match-search.ts";
import { maskPhone } from "#server/mask-phone.ts";
import type { Actor } from "#server/trpc.ts";
import { findFlow } from "../find-flow.ts";
import { ofFilter } from "./live-filter.ts";
import { newestMessage, ReadStep, reasonOf } from "./read-step.ts";
import { readWithin } from "./read-within.ts";

export const ListPeople = z.strictObject({
  ...ReadStep.shape,
  search: z.string().trim().max(100).default(""),
  /** How many to pass over. */
  from: z.number().int().min(0).max(10_000).default(0),
});

const pageRows = 20;

type Row = {
  enrollment_id: string;
  contact_id: string;
  first_name: string | null;
  last_name: string | null;
  phone: string | null;
  external_id: string | null;
  version_id: string;
  wake_at: Date | null;
  since_ms: number | null;
  reason: string;
};

/**
 * One page of the people who stand on a step: who moves on first comes first, who waits without a time last. Phones are masked. A
 * search is about name, number and customer id. Version by version, since the index is in the order of time within each.
 */
export async function listPeople(actor: Actor, { search, from, nodeId, ...filter }: z.infer<typeof ListPeople>) {
  return readWithin(actor, async (tx) => {
    await findFlow(tx, actor.session.workspaceId, filter.flowId);
    const { isMatch } = matchSearch(search, undefined);
    const { rows } = await tx.execute<Row>(sql`
      select e.id as enrollment_id, e.contact_id, contact.first_name, contact.last_name, contact.phone, contact.external_id, e.version_id, e.wake_at,
             (e.state->'wait'->>'since')::float8 as since_ms, ${reasonOf(actor.clock.now())} as reason
      from (
        select e.* from flow_version v
        cross join lateral (
          select e.* from enrollment e ${isMatch ? sql`join ${contact} on ${contact.id} = e.contact_id and (${isMatch})` : sql``}
          where ${ofFilter(sql`e`, filter)} and e.node_id = ${nodeId} and e.version_id = v.id and e.status = 'waiting'
          order by e.wake_at, e.id limit ${from + pageRows + 1}
        ) e
        where v.flow_id = ${filter.flowId}
        order by e.wake_at, e.id limit ${pageRows + 1} offset ${from}
      ) e
      join flow f on f.id = e.flow_id
      left join ${contact} on ${contact.id} = e.contact_id
      ${newestMessage}
      order by e.wake_at, e.id`);
    return {
      people: rows.slice(0, pageRows).map((row) => ({
        enrollmentId: row.enrollment_id,
        contactId: row.contact_id,
        name: [row.first_name, row.last_name].filter(Boolean).join(" ") || row.external_id || null,
        phone: maskPhone(row.phone),
        versionId: row.version_id,
        movesOnAt: row.wake_at === null ? null : new Date(row.wake_at),
        since: row.since_ms === null ? null : new Date(row.since_ms),
        reason: row.reason,
      })),
      hasMore: rows.length > pageRows,
    };
  });
}
