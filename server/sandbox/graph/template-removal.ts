import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { tellTemplate } from "./tell-template.ts";
import type { Template } from "./template.ts";
import { templateError } from "./template-error.ts";

/** Messages of a deleted template are tried for thirty days (section 4.2). */
export const longestRemovalMs = 30 * 86_400_000;

const DeleteQuery = z.object({
  name: z.string().optional(),
  hsm_id: z.string().optional(),
  hsm_ids: z.string().optional(),
});

/** DELETE /W/message_templates by name (all languages), by name and id, or by up to 100 ids, all or none. */
export async function removeTemplates(sandbox: Sandbox, url: URL): Promise<object> {
  const query = DeleteQuery.parse(Object.fromEntries(url.searchParams));
  if (query.hsm_ids !== undefined && (query.name !== undefined || query.hsm_id !== undefined))
    throw new GraphError(100, "hsm_ids stands alone, without name and hsm_id.");
  const doomed = query.hsm_ids === undefined ? byName(sandbox, query) : byIds(sandbox, query.hsm_ids);
  if (doomed.some((template) => template.status === "DISABLED"))
    throw templateError(2388039, "Template cannot be deleted", "A disabled template cannot be deleted.");
  for (const template of doomed) await remove(sandbox, template);
  return { success: true };
}

/** At once, or only after its last message has arrived. */
async function remove(sandbox: Sandbox, template: Template): Promise<void> {
  if (template.status === "PENDING_DELETION") return;
  const now = sandbox.clock.now();
  if (!hasMessagesUnderWay(sandbox, template.id)) {
    await sandbox.commit({ k: "template-gone", id: template.id, at: now });
    return tellTemplate(sandbox, template, { event: "DELETED" });
  }
  const doomed: Template = { ...template, status: "PENDING_DELETION", deletedAt: now, changedAt: now };
  if (template.status === "APPROVED") doomed.wasApproved = true;
  await sandbox.keepTemplate(doomed);
  await tellTemplate(sandbox, doomed, { event: "PENDING_DELETION" });
}

/** Ends a deletion that has waited for messages. */
export async function finishRemoval(sandbox: Sandbox, id: string, at: number): Promise<void> {
  const template = sandbox.world.templates.get(id);
  if (template?.status !== "PENDING_DELETION") return;
  await sandbox.commit({ k: "template-gone", id, at: template.deletedAt ?? at });
  await tellTemplate(sandbox, template, { event: "DELETED", at });
}

/** Call it when a message has arrived or failed: its template may have waited for this one only. */
export async function messageArrived(sandbox: Sandbox, templateId: string, at: number): Promise<void> {
  if (sandbox.world.templates.get(templateId)?.status !== "PENDING_DELETION") return;
  if (!hasMessagesUnderWay(sandbox, templateId)) await finishRemoval(sandbox, templateId, at);
}

const hasMessagesUnderWay = (sandbox: Sandbox, templateId: string): boolean =>
  sandbox.world.log.some(
    ({ template, status }) => template?.id === templateId && (status === "accepted" || status === "sent"),
  );

function byName(sandbox: Sandbox, { name, hsm_id: id }: z.infer<typeof DeleteQuery>): Template[] {
  if (!name) throw new GraphError(100, "The parameter name is required.");
  const found = [...sandbox.world.templates.values()].filter(
    (template) =>
      template.name === name && (id === undefined || template.id === id) && template.status !== "PENDING_DELETION",
  );
  if (found.length === 0)
    throw new GraphError(100, "Message template not found", {
      http: 404,
      subcode: 2593002,
      userTitle: "Message Template Not Found",
      userMessage: `There is no template named ${name}.`,
    });
  return found;
}

function byIds(sandbox: Sandbox, list: string): Template[] {
  const ids = z
    .array(z.union([z.string(), z.number()]).transform(String))
    .min(1)
    .max(100)
    .safeParse(tryJson(list));
  if (!ids.success) throw new GraphError(100, "hsm_ids must be a JSON list of 1 to 100 ids");
  return ids.data.map((id) => {
    const template = sandbox.world.templates.get(id);
    if (!template) throw new GraphError(100, `Template ${id} does not exist`, { http: 404, subcode: 2593002 });
    return template;
  });
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/\d{10,}/g, (digits) => `"${digits}"`).replace(/""/g, '"'));
  } catch {
    return null;
  }
}
