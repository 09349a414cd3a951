import { and, count, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Queryable, Transaction } from "#db/client.ts";
import { suppression, workspace } from "#db/schema/index.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors.ts";
import { maskPhone } from "../mask-phone.ts";
import type { Actor } from "../trpc.ts";
import { findPolicy } from "./read-policy.ts";
import { type ReadList, readSuppressionList } from "./read-suppression-list.ts";

/** Published limits (docs/limits.md). */
const mostCharacters = 1_500_000;
const mostRows = 50_000;
const shownProblems = 50;
const shownRows = 50;

export const ListFile = z.strictObject({ text: z.string().max(mostCharacters, "A list has at most 1.5 MB") });
export const ImportList = z.strictObject({
  ...ListFile.shape,
  /** Where the list comes from, to be read beside each of its rows. */
  note: z.string().trim().min(3, "Say in a few words where this list comes from").max(200),
});
export const ListEntry = z.strictObject({ kind: z.enum(["phone", "customer"]), value: z.string().min(1).max(200) });

/** What an import does, or would do. */
export type ListOutcome = {
  kind: ReadList["kind"];
  /** New on the list, and those that were on it already. */
  added: number;
  known: number;
  repeated: number;
  /** People of the workspace whom the list names. */
  people: number;
  /** Messages that wait for them: the gate stops each when it would leave. */
  waiting: number;
  problems: ReadList["problems"];
  problemCount: number;
};

/** Reads a list and tells what importing it would do. Writes nothing. */
export const previewList = ({ db, session }: Actor, { text }: z.output<typeof ListFile>): Promise<ListOutcome> =>
  outcomeOf(db, session.workspaceId, readList(text));

/** Puts the numbers or ids of a list on the workspace's own; what is on it stays. Rows that are none are told and left out. */
export async function importList(actor: Actor, { text, note }: z.output<typeof ImportList>): Promise<ListOutcome> {
  const { db, session, clock } = actor;
  const { workspaceId, userId } = session;
  const list = readList(text);
  if (list.values.length === 0) throw new DomainError("refused", "This list has no row that can be used.");
  return db.transaction(async (tx) => {
    await findPolicy(tx, workspaceId, { isLocked: true });
    const outcome = await outcomeOf(tx, workspaceId, list);
    await tx.execute(sql`
      insert into ${suppression} (workspace_id, kind, value, note, added_by, added_at)
      select ${workspaceId}::uuid, ${list.kind}::text, value, ${note}::text, ${userId}::uuid, ${clock.now().toISOString()}::timestamptz
      from json_array_elements_text(${JSON.stringify(list.values)}::json) as value
      on conflict do nothing`);
    await keepCount(tx, workspaceId);
    const { kind, added, known, problemCount } = outcome;
    await recordAudit(tx, actor, {
      action: "import-suppressions",
      subject: "workspace",
      subjectId: workspaceId,
      detail: { kind, added, known, problems: problemCount, note },
    });
    return outcome;
  });
}

/** Takes one entry off the list: the person may be written to again, if nothing else says no. */
export async function removeListed(actor: Actor, { kind, value }: z.output<typeof ListEntry>): Promise<{ ok: true }> {
  const { db, session } = actor;
  const { workspaceId } = session;
  await db.transaction(async (tx) => {
    await findPolicy(tx, workspaceId, { isLocked: true });
    const own = and(eq(suppression.workspaceId, workspaceId), eq(suppression.kind, kind), eq(suppression.value, value));
    const [gone] = await tx.delete(suppression).where(own).returning({ note: suppression.note });
    if (!gone) throw new DomainError("not-found", "This entry is not on your list.");
    await keepCount(tx, workspaceId);
    const detail = { kind, value: kind === "phone" ? maskPhone(value) : value, note: gone.note };
    await recordAudit(tx, actor, {
      action: "remove-suppression",
      subject: "workspace",
      subjectId: workspaceId,
      detail,
    });
  });
  return { ok: true };
}

/** How long the list is, and its newest entries. */
export async function readSuppressions({ db, session }: Actor) {
  const own = eq(suppression.workspaceId, session.workspaceId);
  const [total] = await db.select({ entries: count() }).from(suppression).where(own);
  const newest = await db
    .select({ kind: suppression.kind, value: suppression.value, note: suppression.note, addedAt: suppression.addedAt })
    .from(suppression)
    .where(own)
    .orderBy(desc(suppression.addedAt), suppression.value)
    .limit(shownRows);
  return { entries: total?.entries ?? 0, newest };
}

function readList(text: string): ReadList {
  const list = readSuppressionList(text);
  if (list.values.length > mostRows)
    throw new DomainError("too-large", `A list has at most ${mostRows.toLocaleString("en")} rows; split it.`);
  return list;
}

async function outcomeOf(db: Queryable, workspaceId: string, list: ReadList): Promise<ListOutcome> {
  const values = JSON.stringify(list.values);
  const { rows } = await db.execute<{ known: number; people: number; waiting: number }>(sql`
    with listed as materialized (select value from json_array_elements_text(${values}::json) as value),
    people as materialized (
      select c.id from listed l join contact c on c.workspace_id = ${workspaceId}
        and ${list.kind === "phone" ? sql`c.phone = l.value` : sql`c.external_id = l.value`}
    )
    select (select count(*) from listed l join suppression s
              on s.workspace_id = ${workspaceId} and s.kind = ${list.kind} and s.value = l.value)::integer as known,
           (select count(*) from people)::integer as people,
           (select count(*) from people p join outbox o on o.contact_id = p.id
              and o.status in ('queued', 'behind', 'held'))::integer as waiting`);
  const { known = 0, people = 0, waiting = 0 } = rows[0] ?? {};
  return {
    kind: list.kind,
    added: list.values.length - known,
    known,
    repeated: list.repeated,
    people,
    waiting,
    problems: list.problems.slice(0, shownProblems),
    problemCount: list.problems.length,
  };
}

/** The gate looks at the list only where there is one. Under the lock of the workspace's row, so that nobody counts an older list. */
const keepCount = (tx: Transaction, workspaceId: string) =>
  tx
    .update(workspace)
    .set({ suppressions: sql`(select count(*) from suppression s where s.workspace_id = ${workspaceId})` })
    .where(eq(workspace.id, workspaceId));
