import type pg from "pg";
import type { OpenedBy } from "#flow/opening.ts";
import type { Rule } from "#flow/rule.ts";
import { lastOccurrence, type Occurrence } from "#flow/schedule.ts";
import { peopleSql } from "#server/audiences/people-sql.ts";
import { newId } from "#server/id.ts";
import { inTransaction, query, type Statement } from "../query.ts";
import type { OpenedFlow, OpenedFlows } from "./opened-flows.ts";
import { questionOf, type WorkspaceRow, workspaceColumns } from "./people-question.ts";

/** A time that passed longer ago than this is missed: nobody wants the morning's message at night. */
export const latestMs = 12 * 3_600_000;
/** How long counting the people beforehand may take; uncounted ones are let in just the same. */
const countingMs = 4_000;
/** New zones of people are found within this time. */
const zonesEveryMs = 300_000;

type Schedule = Extract<OpenedBy, { kind: "schedule" }>;
type Due = { flow: OpenedFlow; by: Schedule; zone: string; occurrence: Occurrence };

/**
 * Opens a broadcast for each schedule of a running flow that has come due, once: by flow, local time and zone, whichever worker sees it first.
 * One object a worker, since it remembers what is open already.
 */
export class BroadcastOpener {
  readonly #pool: pg.Pool;
  readonly #flows: OpenedFlows;
  readonly #known = new Set<string>();
  readonly #zones = new Map<string, { zones: string[]; until: number }>();

  constructor(pool: pg.Pool, flows: OpenedFlows) {
    this.#pool = pool;
    this.#flows = flows;
  }

  /** Answers how many it opened. */
  async open(now: Date): Promise<number> {
    let opened = 0;
    for (const flow of await this.#flows.read(this.#pool, "schedule")) {
      if (flow.status !== "active" || flow.by.kind !== "schedule") continue;
      for (const due of await this.#dueOf(flow, flow.by, now)) {
        const key = `${flow.id} ${due.occurrence.name} ${due.zone}`;
        if (this.#known.has(key)) continue;
        opened += await this.#store(due, now);
        this.#known.add(key);
      }
    }
    return opened;
  }

  async #dueOf(flow: OpenedFlow, by: Schedule, now: Date): Promise<Due[]> {
    const isByPerson = by.clock === "person" && by.schedule.mode !== "now";
    const zones = isByPerson ? await this.#zonesOf(flow, now) : [""];
    const times = { after: flow.publishedAt.getTime(), now: now.getTime() };
    return zones.flatMap((zone) => {
      const occurrence = lastOccurrence(by.schedule, zone || flow.timezone, times);
      return occurrence ? [{ flow, by, zone, occurrence }] : [];
    });
  }

  async #zonesOf({ workspaceId, timezone }: OpenedFlow, now: Date): Promise<string[]> {
    const known = this.#zones.get(workspaceId);
    if (known && known.until > now.getTime()) return known.zones;
    const rows = await query<{ zone: string }>(this.#pool, readZones, [workspaceId, timezone]);
    const zones = rows.map(({ zone }) => zone);
    this.#zones.set(workspaceId, { zones, until: now.getTime() + zonesEveryMs });
    return zones;
  }

  async #store(due: Due, now: Date): Promise<number> {
    const { flow, by, zone, occurrence } = due;
    const isMissed = now.getTime() - occurrence.at > latestMs;
    const [known] = await query(this.#pool, findOpen, [flow.id, occurrence.name, zone]);
    if (known) return 0;
    const people = isMissed ? null : await countPeople(this.#pool, due, now).catch(() => null);
    const state = isMissed ? "missed" : "running";
    const rows = await query(this.#pool, insertOpen, [
      ...[newId(), flow.workspaceId, flow.id, by.segmentId, occurrence.name, zone, new Date(occurrence.at), state],
      ...[by.perMinute, people, now, isMissed ? now : null],
    ]);
    return rows.length;
  }
}

const readZones: Statement = {
  name: "broadcasts-zones",
  text: "select distinct coalesce(timezone, $2) as zone from contact where workspace_id = $1",
};

const findOpen: Statement = {
  name: "broadcasts-find",
  text: "select 1 from broadcast where flow_id = $1 and occurrence = $2 and zone = $3",
};

const insertOpen: Statement = {
  name: "broadcasts-open",
  text: `
    insert into broadcast (id, workspace_id, flow_id, segment_id, occurrence, zone, due_at, state, per_minute, people, next_at, started_at, ended_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)
    on conflict (flow_id, occurrence, zone) do nothing returning id`,
};

const readSegment: Statement = {
  name: "broadcasts-segment",
  text: `select s.rule, ${workspaceColumns} from segment s join workspace w on w.id = s.workspace_id where s.id = $1`,
};

function countPeople(pool: pg.Pool, { by, zone }: Due, now: Date): Promise<number | null> {
  return inTransaction(pool, async (client) => {
    await client.query(`set local statement_timeout = ${countingMs}`);
    const [row] = await query<WorkspaceRow & { rule: Rule }>(client, readSegment, [by.segmentId]);
    if (!row) return 0;
    const { joins, conditions, params } = peopleSql([row.rule], { ...questionOf(row, now), events: "joined" });
    const at = params.length + 1;
    const { rows } = await client.query<{ people: number }>(
      `select count(*)::int as people from contact c ${joins}
       where c.workspace_id = $${at} and ($${at + 1} = '' or coalesce(c.timezone, $${at + 2}) = $${at + 1}) and ${conditions[0]}`,
      [...params, row.workspace_id, zone, row.timezone],
    );
    return rows[0]?.people ?? null;
  });
}
