import type { Sandbox } from "../sandbox.ts";
import { namedIn, tellTemplateField } from "./tell-template.ts";
import type { Template } from "./template.ts";

/** Meta warns a day before it moves a template to another category (section 11.3). */
const warningMs = 24 * 3_600_000;
const field = "template_category_update";

/** Announces that Meta holds another category for right; a day later it is the template's. */
export async function announceCategory(
  sandbox: Sandbox,
  template: Template,
  category: Template["category"],
): Promise<void> {
  const at = sandbox.clock.now() + warningMs;
  const warned: Template = { ...template, correctCategory: { category, at } };
  await sandbox.keepTemplate(warned);
  await tellTemplateField(sandbox, field, {
    value: {
      ...namedIn(template),
      new_category: template.category,
      correct_category: category,
      category_update_timestamp: Math.floor(at / 1000),
    },
  });
}

/** Puts the announced category into force. */
export async function changeCategory(sandbox: Sandbox, id: string, at: number): Promise<void> {
  const template = sandbox.world.templates.get(id);
  if (!template?.correctCategory) return;
  const { correctCategory, ...rest } = template;
  const changed: Template = { ...rest, category: correctCategory.category, previousCategory: template.category };
  await sandbox.keepTemplate(changed);
  await tellTemplateField(sandbox, field, {
    at,
    value: { ...namedIn(changed), previous_category: template.category, new_category: changed.category },
  });
}
