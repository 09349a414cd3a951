import { and, asc, desc, eq, ilike } from "drizzle-orm";
import { z } from "zod";
import { flow, flowStatuses, flowVersion, user } from "#db/schema/index.ts";
import { graphShape } from "#flow/graph-shape.ts";
import { validate } from "#flow/validate.ts";
import { isPerson, nameOf } from "#server/auth/person-name.ts";
import type { Actor } from "#server/trpc.ts";
import { countHeldByFlow, countPeopleByFlow, readGoalRates } from "./flow-figures.ts";
import { readCatalog } from "./read-catalog.ts";

/** "all" leaves out the archived. */
export const flowTabs = ["all", ...flowStatuses] as const;
export const flowSorts = ["changed", "name", "people"] as const;

export const ListFlows = z.strictObject({
  search: z.string().max(200).default(""),
  status: z.enum(flowTabs).default("all"),
  sort: z.enum(flowSorts).default("changed"),
});

/** Flows of one screen; a workspace that has more finds the rest by search. */
const mostFlows = 200;

/** The list of flows with what a card shows. `counts` follow the search, not the tab, so that a tab never lies about what is behind it. */
export async function listFlows(actor: Actor, { search, status, sort }: z.infer<typeof ListFlows>) {
  const { db, session } = actor;
  const found = await readFlows(actor, search);
  const people = await countPeopleByFlow(db, session.workspaceId);
  const held = await countHeldByFlow(db, session.workspaceId);
  const rates = await readGoalRates(actor);
  const catalog = await readCatalog(db, session.workspaceId);
  const shown = found.filter((row) => (status === "all" ? row.status !== "archived" : row.status === status));
  const flows = shown.slice(0, mostFlows).map(({ draft, ...row }) => ({
    ...row,
    shape: graphShape(draft),
    goal: draft.settings.goal && {
      event: draft.settings.goal.event,
      ...(rates.get(row.id) ?? { entered: 0, reached: 0 }),
    },
    peopleInside: people.get(row.id) ?? 0,
    /** Of them, those whose message waits for a template that WhatsApp has stopped. */
    peopleHeld: (held.get(row.id) ?? []).reduce((sum, one) => sum + one.people, 0),
    /** What keeps the draft from being published; warnings are the editor's. */
    problems: validate(draft, { ...catalog, flowId: row.id }).filter((problem) => problem.severity === "error").length,
  }));
  if (sort === "people") flows.sort((a, b) => b.peopleInside - a.peopleInside);
  return { flows, counts: countByTab(found), total: found.length, search: search.trim() };
}

async function readFlows({ db, session }: Actor, search: string) {
  return db
    .select({
      id: flow.id,
      name: flow.name,
      status: flow.status,
      draft: flow.draft,
      version: flowVersion.number,
      updatedAt: flow.updatedAt,
      updatedBy: nameOf(flow.updatedBy),
    })
    .from(flow)
    .leftJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .leftJoin(user, isPerson(flow.updatedBy))
    .where(and(eq(flow.workspaceId, session.workspaceId), ilike(flow.name, `%${escapeLike(search.trim())}%`)))
    .orderBy(desc(flow.updatedAt), asc(flow.id));
}

/** So that a searched "50%" means these characters. */
const escapeLike = (text: string) => text.replace(/[\\%_]/g, "\\$&");

function countByTab(rows: { status: (typeof flowStatuses)[number] }[]): Record<(typeof flowTabs)[number], number> {
  const counts = { all: 0, draft: 0, "in-review": 0, active: 0, paused: 0, held: 0, archived: 0 };
  for (const { status } of rows) {
    counts[status] += 1;
    if (status !== "archived") counts.all += 1;
  }
  return counts;
}
