import { and, eq, inArray } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Queryable } from "#db/client.ts";
import {
  accessKey,
  approval,
  type audit,
  channel,
  flow,
  invitation,
  optInForm,
  template,
  user,
} from "#db/schema/index.ts";

type Row = Pick<typeof audit.$inferSelect, "actor" | "subject" | "subjectId">;
type Source = { table: PgTable; id: PgColumn; name: PgColumn; workspaceId: PgColumn };

/** Where the name of a thing stands, by the kind that the audit row says. Customers have none here: their id is enough. */
const sources: Record<string, Source> = {
  flow: { table: flow, id: flow.id, name: flow.name, workspaceId: flow.workspaceId },
  template: { table: template, id: template.id, name: template.name, workspaceId: template.workspaceId },
  channel: { table: channel, id: channel.id, name: channel.name, workspaceId: channel.workspaceId },
  "access-key": { table: accessKey, id: accessKey.id, name: accessKey.name, workspaceId: accessKey.workspaceId },
  invitation: { table: invitation, id: invitation.id, name: invitation.email, workspaceId: invitation.workspaceId },
  "opt-in-form": { table: optInForm, id: optInForm.id, name: optInForm.name, workspaceId: optInForm.workspaceId },
  approval: { table: approval, id: approval.id, name: approval.subject, workspaceId: approval.workspaceId },
};

const isId = (text: string): boolean => /^[0-9a-f-]{36}$/.test(text);

/** Names of people and things by their id, for a page of rows: one query for each kind on it. What is gone has none. */
export async function nameAudit(
  db: Queryable,
  workspaceId: string,
  rows: readonly Row[],
): Promise<Map<string, string>> {
  const ids = (kind: string) => rows.filter(({ subject }) => subject === kind).map(({ subjectId }) => subjectId);
  const people = [...rows.map(({ actor }) => actor), ...ids("user")].filter(isId);
  const named = await Promise.all([
    namesOfPeople(db, people),
    ...Object.entries(sources).map(([kind, source]) =>
      namesOf(db, workspaceId, { source, ids: ids(kind).filter(isId) }),
    ),
  ]);
  return new Map(named.flat());
}

type Names = [string, string][];

/** Of people who have left, too: what they did stays under their name. */
async function namesOfPeople(db: Queryable, ids: readonly string[]): Promise<Names> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: user.id, name: user.name })
    .from(user)
    .where(inArray(user.id, [...new Set(ids)]));
  return rows.map(({ id, name }) => [id, name]);
}

async function namesOf(
  db: Queryable,
  workspaceId: string,
  { source, ids }: { source: Source; ids: string[] },
): Promise<Names> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: source.id, name: source.name })
    .from(source.table)
    .where(and(eq(source.workspaceId, workspaceId), inArray(source.id, [...new Set(ids)])));
  return rows.map(({ id, name }) => [String(id), String(name)]);
}
