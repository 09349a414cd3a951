import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { channel, flow } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";
import type { DashboardFilter } from "./dashboard-filter.ts";

const Row = z.object({
  flow: z.string().nullable(),
  template: z.string().nullable(),
  language: z.string().nullable(),
  country: z.string().nullable(),
  channel: z.string().nullable(),
});

type Asked = Pick<DashboardFilter, "from" | "until" | "flowId" | "channelId">;

/** What the messages of a period may be filtered by: only what is there, and what is chosen, so that it has a name in a period without it. */
export async function readChoices({ db, session }: Actor, { from, until, flowId, channelId }: Asked) {
  const { rows } = await db.execute(sql`
    select distinct flow_id as flow, template, language, country, channel_id as channel
    from message_day
    where workspace_id = ${session.workspaceId} and day between ${from}::date and ${until}::date and made > 0`);
  const found = z.array(Row).parse(rows);
  const each = (name: keyof z.output<typeof Row>) => [...new Set(found.flatMap((row) => row[name] ?? []))].toSorted();
  const { workspaceId } = session;
  const flows = [...each("flow"), ...(flowId ? [flowId] : [])];
  const channels = [...each("channel"), ...(channelId ? [channelId] : [])];
  const names = { templates: each("template"), languages: each("language"), countries: each("country") };
  const [flowNames, channelNames] = await Promise.all([
    flows.length > 0
      ? db
          .select({ id: flow.id, name: flow.name })
          .from(flow)
          .where(and(eq(flow.workspaceId, workspaceId), inArray(flow.id, flows)))
      : [],
    channels.length > 0
      ? db
          .select({ id: channel.id, name: channel.name })
          .from(channel)
          .where(and(eq(channel.workspaceId, workspaceId), inArray(channel.id, channels)))
      : [],
  ]);
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  return { ...names, flows: flowNames.toSorted(byName), channels: channelNames.toSorted(byName) };
}
