import { eq } from "drizzle-orm";
import { contact, flow, link, message, workspace } from "#db/schema/index.ts";
import type { Door } from "../door.ts";

/** A link with what its pages and its target need to know. */
export type FoundLink = {
  link: typeof link.$inferSelect;
  flowName: string | null;
  nodeId: string | null;
  company: string;
  locale: string | null;
  workspaceLanguage: string;
};

/** Null for a code nobody was given. */
export async function findLink(door: Door, code: string): Promise<FoundLink | null> {
  if (!/^[0-9A-Za-z]{6,32}$/.test(code)) return null;
  const [found] = await door.db
    .select({
      link,
      flowName: flow.name,
      nodeId: message.nodeId,
      company: workspace.name,
      locale: contact.locale,
      workspaceLanguage: workspace.language,
    })
    .from(link)
    .innerJoin(workspace, eq(workspace.id, link.workspaceId))
    .innerJoin(contact, eq(contact.id, link.contactId))
    .leftJoin(message, eq(message.id, link.messageId))
    .leftJoin(flow, eq(flow.id, message.flowId))
    .where(eq(link.code, code));
  return found ?? null;
}
