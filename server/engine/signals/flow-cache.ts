import type pg from "pg";
import { type CompiledFlow, compile, runsOf } from "#flow/compile.ts";
import { experimentsOf } from "#flow/experiment.ts";
import { FlowSettings, type Graph } from "#flow/graph.ts";
import type { MovePlan } from "#flow/move-plan.ts";
import type { Log } from "#server/log.ts";
import { query, type Statement } from "../query.ts";

/** A flow as it stands in this transaction. `compiled` is null when its version cannot be read: nobody enters it. */
export type LiveFlow = {
  id: string;
  workspaceId: string;
  status: FlowStatus;
  versionId: string;
  /** People are being brought to this version. */
  move: OpenMove | null;
};
export type OpenMove = { id: string; plan: MovePlan };
export type FlowStatus = "active" | "paused" | "held" | "archived" | "draft" | "in-review";

const readFlows: Statement = {
  name: "flows-of-workspaces",
  text: `
    select f.id, f.workspace_id, f.status, f.version_id, m.id as move_id, m.plan
    from flow f left join flow_move m on m.flow_id = f.id and m.finished_at is null
    where f.workspace_id = any($1::uuid[]) and f.version_id is not null and f.status in ('active', 'paused', 'held')`,
};

const readVersions: Statement = {
  name: "flow-versions",
  text: "select id, graph from flow_version where id = any($1::uuid[])",
};

const none: readonly string[] = [];

/**
 * Flows ready to run. A published version never changes, so its compiled form is kept for good; which version is current and
 * whether a flow is active is read in each batch's own transaction, so that a pause holds from the next batch on.
 */
export class FlowCache {
  readonly #compiled = new Map<string, CompiledFlow | null>();
  /** Versions that assign people by chance. */
  readonly #assigning = new Set<string>();
  readonly #runs = new Map<string, readonly string[]>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  async flowsOf(client: pg.ClientBase, workspaceIds: string[]): Promise<LiveFlow[]> {
    type Row = { id: string; workspace_id: string; status: FlowStatus; version_id: string } & (
      | { move_id: null }
      | { move_id: string; plan: MovePlan }
    );
    const rows = await query<Row>(client, readFlows, [workspaceIds]);
    return rows.map((row) => ({
      id: row.id,
      workspaceId: row.workspace_id,
      status: row.status,
      versionId: row.version_id,
      move: row.move_id === null ? null : { id: row.move_id, plan: row.plan },
    }));
  }

  /** Makes sure that `compiled` can answer for these versions. */
  async prepare(client: pg.ClientBase, versionIds: Iterable<string>): Promise<void> {
    const missing = [...new Set(versionIds)].filter((id) => !this.#compiled.has(id));
    if (missing.length === 0) return;
    const rows = await query<{ id: string; graph: Graph }>(client, readVersions, [missing]);
    for (const row of rows) {
      const compiled = this.#tryCompile(row.id, row.graph);
      this.#compiled.set(row.id, compiled);
      if (compiled && experimentsOf(compiled).length > 0) this.#assigning.add(row.id);
      const runs = compiled ? runsOf(compiled) : none;
      if (runs.length > 0) this.#runs.set(row.id, runs);
    }
  }

  /** Whether a prepared version has experiments. */
  hasExperiments(versionId: string): boolean {
    return this.#assigning.has(versionId);
  }

  compiled(versionId: string): CompiledFlow | null {
    return this.#compiled.get(versionId) ?? null;
  }

  /** Other flows that steps of this version run. */
  runsOf(versionId: string): readonly string[] {
    return this.#runs.get(versionId) ?? none;
  }

  #tryCompile(versionId: string, graph: Graph): CompiledFlow | null {
    try {
      return compile({ ...graph, settings: FlowSettings.parse(graph.settings) });
    } catch (error) {
      // One unreadable version must not stop the flows beside it.
      this.#log.error({ versionId, error: String(error) }, "flow version cannot be compiled");
      return null;
    }
  }
}
