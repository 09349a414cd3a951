import type { Database } from "#db/client.ts";
import { askForTemplate } from "#server/approvals/ask-approval.ts";
import { type Decided, decideApproval } from "#server/approvals/decide-approval.ts";
import { joinWorkspace } from "#server/test-actor.ts";
import type { Actor } from "#server/trpc.ts";
import { getTemplate } from "./get-template.ts";

/** Asks for approval of a template as it stands; a checker of the workspace approves, and that submits it. */
export async function approveTemplate(db: Database, actor: Actor, templateId: string): Promise<Decided> {
  const { updatedAt } = await getTemplate(actor, { templateId });
  const { approvalId } = await askForTemplate(actor, { templateId, seenAt: updatedAt, why: "Ready to go." });
  const checker = await joinWorkspace(db, actor.session.workspaceId, { role: "checker" });
  return decideApproval(checker, { approvalId, verdict: "approve" });
}
