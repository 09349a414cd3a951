import { and, eq, inArray, ne, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { member, notificationSetting, user } from "#db/schema/index.ts";
import { type Role, type roles, type Verb, verbs } from "#server/auth/permissions.ts";
import { type NotificationKind, notificationKinds } from "./kinds.ts";

/**
 * Whom to tell. `authorsOf` are the people who wrote on or published one of these flows or templates, by the audit log; where none
 * of them is in the workspace any more, its owners.
 */
export type Audience =
  | { people: readonly string[] }
  /** `but`: not these people. */
  | { verb: Verb; but?: readonly string[] }
  | { roles: readonly Role[] }
  | { authorsOf: readonly string[] };

export type Recipient = {
  userId: string;
  email: string;
  language: "en" | "fr";
  inApp: boolean;
  byMail: boolean;
};

type Wanted = {
  workspaceId: string;
  actorId: string | null;
  kind: NotificationKind;
  to: readonly Audience[];
  /** Not whoever was told this kind so shortly before. */
  quietMinutes?: number;
  at: Date;
};

/** Everybody of the audiences once, with where they want this kind: members who may see what it is about, and not whose act it was. */
export async function findRecipients(db: Queryable, wanted: Wanted): Promise<Recipient[]> {
  const { workspaceId, actorId, kind, to } = wanted;
  const { verb, mails } = notificationKinds[kind];
  const isWanted = or(...to.map((audience) => isOf(workspaceId, audience)));
  const rows = await db
    .select({
      userId: user.id,
      email: user.email,
      language: user.language,
      inApp: sql<boolean>`coalesce(${notificationSetting.inApp}, true)`,
      byMail: sql<boolean>`coalesce(${notificationSetting.byMail}, ${mails})`,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .leftJoin(
      notificationSetting,
      and(
        eq(notificationSetting.workspaceId, member.workspaceId),
        eq(notificationSetting.userId, member.userId),
        eq(notificationSetting.kind, kind),
      ),
    )
    .where(
      and(
        eq(member.workspaceId, workspaceId),
        inArray(member.role, [...verbs[verb]]),
        actorId === null ? undefined : ne(sql`${member.userId}::text`, actorId),
        isWanted ?? sql`false`,
        wasQuiet(wanted),
      ),
    )
    .orderBy(user.id);
  return rows.map((row) => ({ ...row, language: row.language === "fr" ? "fr" : "en" }));
}

/** In the app by the product's time, by e-mail by the database's, as their rows are dated. */
function wasQuiet({ workspaceId, kind, quietMinutes, at }: Wanted): SQL | undefined {
  if (!quietMinutes) return undefined;
  const since = new Date(at.getTime() - quietMinutes * 60_000).toISOString();
  return sql`not exists (
      select from notification n where n.user_id = ${member.userId} and n.workspace_id = ${workspaceId}
        and n.kind = ${kind} and n.at > ${since}::timestamptz)
    and not exists (
      select from mail m where m.user_id = ${member.userId} and m.workspace_id = ${workspaceId}
        and m.kind = ${kind} and m.created_at > now() - make_interval(mins => ${quietMinutes}))`;
}

function isOf(workspaceId: string, audience: Audience): SQL | undefined {
  if ("people" in audience) return inArray(sql`${member.userId}::text`, [...audience.people]);
  if ("verb" in audience) {
    const { verb, but = [] } = audience;
    return and(inArray(member.role, [...verbs[verb]]), notInArray(sql`${member.userId}::text`, [...but]));
  }
  if ("roles" in audience) return inArray(member.role, [...audience.roles]);
  const authors = authorsOf(workspaceId, audience.authorsOf);
  return sql`case
    when exists (select from ${member} as author where author.workspace_id = ${workspaceId} and author.user_id::text in ${authors})
    then ${member.userId}::text in ${authors}
    else ${member.role} = ${"owner" satisfies (typeof roles)[number]} end`;
}

const authorsOf = (workspaceId: string, subjectIds: readonly string[]): SQL => sql`(
  select actor from audit
  where workspace_id = ${workspaceId} and subject_id = any(${sql.param([...subjectIds])}::text[])
    and action in ('create-flow', 'save-draft', 'publish-flow', 'create-template', 'save-template', 'submit-template'))`;
