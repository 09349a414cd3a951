import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import type { Sandbox } from "../sandbox.ts";
import { namedIn, tellTemplateField } from "./tell-template.ts";
import { planOf, type Template } from "./template.ts";

const Button = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  url: z.string().optional(),
  phone_number: z.string().optional(),
});

/** Tells the subscriber what a template's texts are after an edit (section 11.3, message_template_components_update). */
export function tellComponents(sandbox: Sandbox, template: Template): Promise<void> {
  const { header, body, footer } = planOf(template);
  const list = template.components.find(({ type }) => type === "BUTTONS")?.buttons;
  const buttons = z.array(Button).catch([]).parse(list).map(told);
  return tellTemplateField(sandbox, "message_template_components_update", {
    value: {
      ...namedIn(template),
      ...(header?.text ? { message_template_title: header.text } : {}),
      message_template_element: body.text,
      ...(footer === null ? {} : { message_template_footer: footer }),
      ...(buttons.length === 0 ? {} : { message_template_buttons: buttons }),
    },
  });
}

const told = ({ type, text, url, phone_number: phone }: z.infer<typeof Button>): JsonObject => ({
  message_template_button_type: type.toUpperCase(),
  ...(text === undefined ? {} : { message_template_button_text: text }),
  ...(url === undefined ? {} : { message_template_button_url: url }),
  ...(phone === undefined ? {} : { message_template_button_phone_number: phone }),
});
