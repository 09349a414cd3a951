import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { objectId } from "../seed-templates.ts";
import { page, pick } from "./listing.ts";
import { type Template, templateKey } from "./template.ts";
import { readTemplateChange, readTemplateDefinition } from "./template-rules.ts";

const dayMs = 86_400_000;
const defaultFields = ["id", "name", "language", "status", "category", "parameter_format", "components"];

const shown = (template: Template): Record<string, unknown> => ({
  id: template.id,
  name: template.name,
  language: template.language,
  status: template.status,
  category: template.category,
  parameter_format: template.parameterFormat,
  components: template.components,
  quality_score: { score: template.qualityScore, date: Math.floor(template.changedAt / 1000) },
  rejected_reason: template.rejectedReason,
  last_updated_time: new Date(template.changedAt).toISOString(),
  ...(template.ttlSeconds === null ? {} : { message_send_ttl_seconds: template.ttlSeconds }),
});

/** GET /TEMPLATE */
export function getTemplate(sandbox: Sandbox, id: string, url: URL): object {
  const template = sandbox.world.templates.get(id);
  return template ? pick(shown(template), url, defaultFields) : {};
}

/** GET /W/message_templates, newest last, filtered as Meta filters: name contains, the rest equals. */
export function listTemplates(sandbox: Sandbox, url: URL): object {
  const asked = (name: string) => url.searchParams.get(name)?.toLowerCase() ?? null;
  const filters = { status: asked("status"), category: asked("category"), language: asked("language") };
  const name = asked("name") ?? asked("name_or_content");
  const found = [...sandbox.world.templates.values()].filter(
    (template) =>
      (name === null || template.name.includes(name)) &&
      (filters.status === null || template.status.toLowerCase() === filters.status) &&
      (filters.category === null || template.category.toLowerCase() === filters.category) &&
      (filters.language === null || template.language.toLowerCase() === filters.language),
  );
  return page(
    found.map((template) => pick(shown(template), url, defaultFields)),
    url,
  );
}

/** POST /W/message_templates: checked by the rules of section 4, then reviewed at once. */
export async function createTemplate(sandbox: Sandbox, request: JsonObject): Promise<object> {
  const definition = readTemplateDefinition(request);
  if (sandbox.world.templatesByKey.has(templateKey(definition))) {
    throw refused(
      2388024,
      "Content in this language already exists",
      `There is already ${definition.language} content for this template. You can create a new template and try again.`,
    );
  }
  const deletedAt = sandbox.world.deletedNames.get(definition.name) ?? 0;
  if (deletedAt > sandbox.clock.now() - 30 * dayMs)
    throw refused(
      2388023,
      "Name is being deleted",
      "A template of this name was deleted less than 30 days ago. Use another name.",
    );
  if (sandbox.world.templates.size >= 6000)
    throw refused(2388019, "Message template limit exceeded", "This account holds as many templates as it may.");
  const now = sandbox.clock.now();
  const template: Template = {
    ...definition,
    id: objectId(sandbox, "template"),
    status:
      definition.rejectedReason !== "NONE"
        ? "REJECTED"
        : sandbox.world.schedule.reviewMs === 0
          ? "APPROVED"
          : "PENDING",
    qualityScore: "UNKNOWN",
    changedAt: now,
    approvedEditsAt: [],
  };
  await sandbox.commit({ k: "template", template });
  if (template.status === "PENDING") sandbox.planReview(template);
  else await sandbox.tellTemplate(template, template.status);
  return { id: template.id, status: template.status, category: template.category };
}

/** POST /TEMPLATE: components are replaced as a whole; an approved template once a day and ten times a month (section 4.2). */
export async function editTemplate(sandbox: Sandbox, id: string, request: JsonObject): Promise<object> {
  const template = sandbox.world.templates.get(id);
  if (!template) throw new GraphError(100, null, { subcode: 33 });
  if (!["APPROVED", "REJECTED", "PAUSED"].includes(template.status))
    throw refused(2388039, "Template cannot be edited", `A template that is ${template.status} cannot be edited.`);
  const now = sandbox.clock.now();
  const recent = template.approvedEditsAt.filter((at) => at > now - 30 * dayMs);
  if (template.status === "APPROVED" && (recent.length >= 10 || recent.some((at) => at > now - dayMs))) {
    throw refused(
      2388039,
      "Template cannot be edited",
      "An approved template can be edited once a day and ten times in thirty days.",
    );
  }
  const change = readTemplateChange(template, request);
  const edited: Template = {
    ...template,
    ...change,
    status: change.rejectedReason === "NONE" ? "APPROVED" : "REJECTED",
    changedAt: now,
    approvedEditsAt: template.status === "APPROVED" ? [...recent, now] : recent,
  };
  await sandbox.commit({ k: "template", template: edited });
  await sandbox.tellTemplate(edited, edited.status);
  return { success: true };
}

const DeleteQuery = z.object({
  name: z.string().optional(),
  hsm_id: z.string().optional(),
  hsm_ids: z.string().optional(),
});

/** DELETE /W/message_templates by name (all languages), by name and id, or by up to 100 ids, all or none. */
export async function removeTemplates(sandbox: Sandbox, url: URL): Promise<object> {
  const query = DeleteQuery.parse(Object.fromEntries(url.searchParams));
  const doomed = query.hsm_ids === undefined ? byName(sandbox, query) : byIds(sandbox, query.hsm_ids);
  for (const template of doomed) {
    await sandbox.commit({ k: "template-gone", id: template.id, at: sandbox.clock.now() });
    await sandbox.tellTemplate(template, "DELETED");
  }
  return { success: true };
}

function byName(sandbox: Sandbox, { name, hsm_id: id }: z.infer<typeof DeleteQuery>): Template[] {
  if (!name) throw new GraphError(100, "The parameter name is required.");
  const found = [...sandbox.world.templates.values()].filter(
    (template) => template.name === name && (id === undefined || template.id === id),
  );
  if (found.length === 0)
    throw new GraphError(100, "Message template not found", {
      http: 404,
      subcode: 2593002,
      userTitle: "Message Template Not Found",
      userMessage: `There is no template named ${name}.`,
    });
  if (found.some((template) => template.status === "DISABLED"))
    throw refused(2388039, "Template cannot be deleted", "A disabled template cannot be deleted.");
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

const refused = (subcode: number, userTitle: string, userMessage: string) =>
  new GraphError(100, null, { subcode, userTitle, userMessage });
