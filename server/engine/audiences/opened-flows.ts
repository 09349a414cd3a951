import type pg from "pg";
import { compile } from "#flow/compile.ts";
import { FlowSettings, type Graph } from "#flow/graph.ts";
import type { OpenedBy } from "#flow/opening.ts";
import { query, type Statement } from "../query.ts";

/** What people write, and steps of other flows, start flows by themselves. */
type AudienceOpening = Extract<OpenedBy, { kind: "segment" | "schedule" }>;

/** A running flow whose events we make ourselves. `publishedAt` is when its version went live, `timezone` its workspace's zone. */
export type OpenedFlow = {
  id: string;
  workspaceId: string;
  status: "active" | "paused" | "held";
  by: AudienceOpening;
  publishedAt: Date;
  timezone: string;
};

const readFlows: Statement = {
  name: "audiences-flows",
  text: `
    select f.id, f.workspace_id, f.status, f.version_id, v.published_at, w.timezone
    from flow f join flow_version v on v.id = f.version_id join workspace w on w.id = f.workspace_id
    where v.trigger_event = any($1::text[]) and f.status in ('active', 'paused', 'held')`,
};

const readGraphs: Statement = {
  name: "audiences-graphs",
  text: "select id, graph from flow_version where id = any($1::uuid[])",
};

type Row = {
  id: string;
  workspace_id: string;
  status: OpenedFlow["status"];
  version_id: string;
  published_at: Date;
  timezone: string;
};

/** The flows that wait for a segment or a time. A version never changes, so each is read and compiled once. */
export class OpenedFlows {
  readonly #openings = new Map<string, OpenedBy | null>();

  async read(pool: pg.Pool, kind: AudienceOpening["kind"]): Promise<OpenedFlow[]> {
    const rows = await query<Row>(pool, readFlows, [eventsOf[kind]]);
    const unread = rows.map((row) => row.version_id).filter((id) => !this.#openings.has(id));
    if (unread.length > 0) {
      const graphs = await query<{ id: string; graph: Graph }>(pool, readGraphs, [unread]);
      for (const { id, graph } of graphs) this.#openings.set(id, openingOf(graph));
    }
    return rows.flatMap((row) => {
      const by = this.#openings.get(row.version_id);
      if (!by || by.kind === "message" || by.kind === "flow" || by.kind !== kind) return [];
      const { id, workspace_id: workspaceId, status, published_at: publishedAt, timezone } = row;
      return [{ id, workspaceId, status, by, publishedAt, timezone }];
    });
  }
}

/** The names of the events that the openings of a kind wait for (flow/nodes). */
const eventsOf: Record<AudienceOpening["kind"], string[]> = {
  segment: ["segment.entered", "segment.left"],
  schedule: ["schedule.due"],
};

/** Null for a version that cannot be read: it must not stop the others. */
function openingOf(graph: Graph): OpenedBy | null {
  try {
    return compile({ ...graph, settings: FlowSettings.parse(graph.settings) }).trigger?.by ?? null;
  } catch {
    return null;
  }
}
