import { asc, inArray, sql } from "drizzle-orm";
import { user } from "#db/schema/index.ts";
import type { Actor } from "#server/trpc.ts";

/** What one can filter by: the people, verbs and kinds that are in the log. Each is found by a jump through its index, however long the log is. */
export async function readAuditChoices(actor: Actor) {
  const [actors, actions, subjects] = await Promise.all([
    distinct(actor, "actor"),
    distinct(actor, "action"),
    distinct(actor, "subject"),
  ]);
  const ids = actors.filter((one) => /^[0-9a-f-]{36}$/.test(one));
  const people =
    ids.length === 0
      ? []
      : await actor.db
          .select({ id: user.id, name: user.name })
          .from(user)
          .where(inArray(user.id, ids))
          .orderBy(asc(user.name));
  return { people, machines: actors.filter((one) => one === "api" || one === "system"), actions, subjects };
}

/** Postgres has no skip scan for `distinct`: this asks for the next value after the one before, as often as there are values. */
async function distinct({ db, session }: Actor, column: "actor" | "action" | "subject"): Promise<string[]> {
  const name = sql.identifier(column);
  const own = sql`workspace_id = ${session.workspaceId}::uuid`;
  const { rows } = await db.execute<{ value: string }>(sql`
    with recursive step as (
      (select ${name} as value from audit where ${own} order by ${name} limit 1)
      union all
      select (select ${name} from audit where ${own} and ${name} > step.value order by ${name} limit 1)
      from step where step.value is not null
    )
    select value from step where value is not null`);
  return rows.map(({ value }) => value);
}
