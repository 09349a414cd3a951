import { inArray, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { channel, flow, flowVersion } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";

type Named = { name: string | null; nodeType?: string };
type Asked = {
  by: string;
  ids: string[];
  /** The rows of `message_day` in which the steps are found: their versions know what they are called. */
  versions: SQL;
};

const Step = z.object({ id: z.string(), title: z.string().nullable(), type: z.string() });

/** What the groups of a breakdown are called, by their ids; those that need no name, or are gone, are left out. */
export async function nameGroups({ db }: Actor, { by, ids, versions }: Asked): Promise<ReadonlyMap<string, Named>> {
  if (ids.length === 0) return new Map();
  switch (by) {
    case "flow":
    case "channel": {
      const table = by === "flow" ? flow : channel;
      const rows = await db.select({ id: table.id, name: table.name }).from(table).where(inArray(table.id, ids));
      return new Map(rows.map(({ id, name }) => [id, { name }]));
    }
    case "version": {
      const rows = await db
        .select({ id: flowVersion.id, number: flowVersion.number })
        .from(flowVersion)
        .where(inArray(flowVersion.id, ids));
      return new Map(rows.map(({ id, number }) => [id, { name: String(number) }]));
    }
    case "step": {
      const { rows } = await db.execute(sql`
        select distinct on (node->>'id') node->>'id' as id, nullif(node->>'title', '') as title, node->>'type' as type
        from flow_version v cross join lateral jsonb_array_elements(v.graph->'nodes') node
        where v.id in (select version_id from message_day where ${versions}) and node->>'id' = any(${sql.param(ids)}::text[])
        order by node->>'id', v.number desc`);
      return new Map(
        z
          .array(Step)
          .parse(rows)
          .map(({ id, title, type }) => [id, { name: title, nodeType: type }]),
      );
    }
    default:
      return new Map();
  }
}
