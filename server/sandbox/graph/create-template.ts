import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { objectId } from "../seed-templates.ts";
import { type Template, templateKey } from "./template.ts";
import { templateError } from "./template-error.ts";
import { fromLibrary } from "./template-library.ts";
import { submitForReview } from "./template-review.ts";
import { readTemplateDefinition, type TemplateDefinition } from "./template-rules.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const mostPerHour = 100;

/** POST /W/message_templates: checked by the rules of section 4, then reviewed. One from the library is approved at once. */
export async function createTemplate(sandbox: Sandbox, request: JsonObject): Promise<object> {
  const libraryName = request.library_template_name;
  const definition = readTemplateDefinition(libraryName === undefined ? request : fromLibrary(request));
  checkRoom(sandbox, definition);
  const now = sandbox.clock.now();
  const { rejectedReason: verdict, ...rest } = definition;
  const draft: Template = {
    ...rest,
    category: categoryOf(definition),
    id: objectId(sandbox, "template"),
    status: "PENDING",
    qualityScore: "UNKNOWN",
    rejectedReason: "NONE",
    changedAt: now,
    createdAt: now,
    approvedEditsAt: [],
  };
  if (typeof libraryName === "string") draft.libraryName = libraryName;
  const template = await submitForReview(sandbox, draft, { verdict, isAtOnce: libraryName !== undefined });
  return { id: template.id, status: template.status, category: template.category };
}

/** Meta may move a template to another category at once; here a name's end asks for it: `..._is_marketing`. */
const categoryOf = ({ name, category }: TemplateDefinition): Template["category"] =>
  category === "UTILITY" && name.endsWith("_is_marketing") ? "MARKETING" : category;

function checkRoom(sandbox: Sandbox, definition: TemplateDefinition): void {
  const { world, clock } = sandbox;
  const now = clock.now();
  const existing = world.templatesByKey.get(templateKey(definition));
  if (existing && existing.status !== "PENDING_DELETION")
    throw templateError(
      2388024,
      "Content in this language already exists",
      `There is already ${definition.language} content for this template. You can create a new template and try again.`,
    );
  const deletedAt = world.deletedNames.get(definition.name) ?? Number.NEGATIVE_INFINITY;
  if (existing || deletedAt > now - 30 * dayMs)
    throw templateError(
      2388023,
      "Name is being deleted",
      "A template of this name was deleted less than 30 days ago. Use another name.",
    );
  if (world.templates.size >= world.account.mostTemplates)
    throw templateError(2388019, "Message template limit exceeded", "This account holds as many templates as it may.");
  if (world.templateCreations.filter((at) => at > now - hourMs).length >= mostPerHour)
    throw new GraphError(80008, `An account may create ${mostPerHour} templates per hour.`);
}
