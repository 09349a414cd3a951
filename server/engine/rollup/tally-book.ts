import type pg from "pg";
import { bare, text } from "#db/array-text.ts";
import type { TallyKind } from "#db/schema/index.ts";
import type { EnrollmentState, TraceRow } from "#flow/enrollment.ts";
import { query, type Statement } from "../query.ts";
import { stayBucket } from "./stay-bucket.ts";

/** Whose way is counted: the version may differ before and after. */
type Counted = { workspaceId: string; flowId: string; versionId: string; language: string };
type Tally = Counted & { nodeId: string; kind: TallyKind; handle: string; n: number };

/** One thing that happened to an enrollment: where it stood, where it stands, and the rows of its path. */
export type Happened = {
  enrollment: Counted;
  /** Null: it has just been opened. */
  before: { state: EnrollmentState; versionId: string } | null;
  after: EnrollmentState;
  rows: readonly TraceRow[];
  now: number;
};

/**
 * Counts what a batch writes into paths, to be written in the same transaction: so the counts are the paths' own at every moment,
 * whatever is killed, and no reader waits for them. `rebuild-tallies.ts` says in SQL what is counted here.
 */
export class TallyBook {
  readonly #tallies = new Map<string, Tally>();

  add({ enrollment, before, after, rows, now }: Happened): void {
    for (const row of rows) this.#count(enrollment, row.nodeId, row.kind, handleOf(row, after));
    if (before?.state.status === "waiting") this.#leave({ enrollment, before, after, rows, now });
    const { status, nodeId } = after;
    if (status === "waiting" && nodeId !== null) this.#count(enrollment, nodeId, "standing", "");
  }

  #leave({ enrollment, before, after, rows, now }: Happened): void {
    const nodeId = before?.state.nodeId;
    if (!before || !nodeId) return;
    const stood = { ...enrollment, versionId: before.versionId };
    this.#count(stood, nodeId, "standing", "", -1);
    const moved = rows.find((row) => row.kind === "moved");
    if (moved) this.#count(stood, nodeId, "moved-out", "");
    if (rows.some(isDrawn)) this.#count(stood, nodeId, "drawn", "");
    const since = before.state.wait?.since;
    const hasLeft = after.status === "ended" || after.visit !== before.state.visit;
    if (!hasLeft || since === undefined) return;
    // Who was moved and went on at once left the new version's step, not the old one's.
    const hasGoneOn = moved && rows.some(({ kind, visit }) => kind !== "moved" && visit === moved.visit);
    const bucket = stayBucket(now - since);
    if (hasGoneOn) this.#count(enrollment, moved.nodeId, "stay", bucket);
    else this.#count(stood, nodeId, "stay", bucket);
  }

  #count(of: Counted, nodeId: string, kind: TallyKind | TraceRow["kind"], handle: string, n = 1): void {
    if (kind === "entered") return;
    const key = `${of.versionId}\n${of.language}\n${kind}\n${nodeId}\n${handle}`;
    const known = this.#tallies.get(key);
    if (known) known.n += n;
    else {
      const { workspaceId, flowId, versionId, language } = of;
      this.#tallies.set(key, { workspaceId, flowId, versionId, language, nodeId, kind, handle, n });
    }
  }

  /** What came out as more or less than before. */
  get rows(): Tally[] {
    return [...this.#tallies.values()].filter(({ n }) => n !== 0);
  }
}

/** A tap on an earlier message led away from where the person stood. */
const isDrawn = ({ kind, visit, detail }: TraceRow): boolean =>
  kind === "left" && typeof detail.recalled === "number" && detail.recalled !== visit;

const handleOf = ({ kind, handle }: TraceRow, { endReason }: EnrollmentState): string =>
  kind === "left" ? (handle ?? "") : kind === "ended" ? (endReason ?? "") : "";

/** The day is the workspace's own; "standing" has none. Only added to: nobody waits for anybody here. */
const insertTallies: Statement = {
  name: "write-tallies",
  text: `
    insert into flow_tally_change (workspace_id, flow_id, day, version_id, node_id, kind, handle, language, n)
    select x.workspace_id, x.flow_id,
           case when x.kind = 'standing' then date '1970-01-01' else ($9::timestamptz at time zone w.timezone)::date end,
           x.version_id, x.node_id, x.kind, x.handle, x.language, x.n
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])
      as x(workspace_id, flow_id, version_id, node_id, kind, handle, language, n)
    join workspace w on w.id = x.workspace_id`,
};

export async function writeTallies(client: pg.ClientBase, book: TallyBook, now: number): Promise<void> {
  const { rows } = book;
  if (rows.length === 0) return;
  await query(client, insertTallies, [
    bare(rows, (row) => row.workspaceId),
    bare(rows, (row) => row.flowId),
    bare(rows, (row) => row.versionId),
    text(rows, (row) => row.nodeId),
    bare(rows, (row) => row.kind),
    text(rows, (row) => row.handle),
    text(rows, (row) => row.language),
    bare(rows, (row) => row.n),
    new Date(now).toISOString(),
  ]);
}
