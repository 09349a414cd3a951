import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { findFlow } from "#server/flows/find-flow.ts";
import { newestVersion } from "#server/flows/publish-version.ts";
import { findTemplate } from "#server/templates/find-template.ts";
import { hashOfTemplate } from "#server/templates/template-snapshot.ts";
import type { Actor } from "#server/trpc.ts";
import { neededFor, readApprovalRules } from "./approval-rules.ts";
import { newestApproval } from "./find-approval.ts";
import { readCandidates } from "./get-approval.ts";
import { readAuthors } from "./read-authors.ts";
import { changeOfFlow, changeOfTemplate } from "./read-change.ts";

export const OfFlow = z.strictObject({ flowId: z.uuid() });
export const OfTemplate = z.strictObject({ templateId: z.uuid() });

/** Where the approval of a flow's draft stands: for the publish dialog. */
export async function standingOfFlow(actor: Actor, { flowId }: z.infer<typeof OfFlow>) {
  const { db, session } = actor;
  const stored = await findFlow(db, session.workspaceId, flowId);
  const rules = await readApprovalRules(db, session.workspaceId);
  const needed = neededFor(rules, { ...(await changeOfFlow(db, stored)), people: null });
  const { hash, isLive } = await newestVersion(db, stored);
  return { needed, isLive, ...(await standingOf(db, actor, { subjectId: flowId, hash })) };
}

/** The same for a template's text: for its editor. */
export async function standingOfTemplate(actor: Actor, { templateId }: z.infer<typeof OfTemplate>) {
  const { db, session } = actor;
  const stored = await findTemplate(db, { workspaceId: session.workspaceId, templateId });
  const rules = await readApprovalRules(db, session.workspaceId);
  const needed = neededFor(rules, { ...(await changeOfTemplate(db, stored.template)), people: null });
  return { needed, ...(await standingOf(db, actor, { subjectId: templateId, hash: hashOfTemplate(stored) })) };
}

async function standingOf(db: Queryable, { session }: Actor, { subjectId, hash }: { subjectId: string; hash: string }) {
  const { workspaceId, userId } = session;
  const newest = await newestApproval(db, subjectId);
  const authors = new Set([userId, ...(await readAuthors(db, { workspaceId, subjectId }))]);
  const people = await readCandidates(db, workspaceId);
  return {
    /** The newest request, whatever became of it; `isCurrent` when it is about the draft as it stands. */
    request: newest && {
      id: newest.id,
      state: newest.state,
      why: newest.why,
      version: newest.version,
      needed: newest.needed,
      askedAt: newest.askedAt,
      isCurrent: newest.hash === hash,
      plan: newest.plan,
      publishAt: newest.publishAt,
    },
    /** Who could approve if this person asked now. */
    candidates: people
      .filter(({ id }) => !authors.has(id))
      .map(({ id, ...person }) => ({ ...person, isMe: id === userId })),
  };
}
