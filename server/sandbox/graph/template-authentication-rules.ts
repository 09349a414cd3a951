import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { TemplateComponent } from "./template-component.ts";
import { templateError } from "./template-error.ts";

const allowed = ["BODY", "FOOTER", "BUTTONS"];

/** Checks an authentication template's components by section 4: its texts are Meta's own, only the options are the business's. */
export function checkAuthentication(components: TemplateComponent[]): void {
  const other = components.find(({ type }) => !allowed.includes(type));
  if (other?.type === "HEADER")
    throw templateError(2388047, "Header is not allowed", "An authentication template has no header.");
  if (other) throw new GraphError(100, `An authentication template has no component of type ${other.type}.`);
  const body = components.find(({ type }) => type === "BODY");
  if (body?.text !== undefined)
    throw templateError(
      2388072,
      "Body text is not allowed",
      "The body of an authentication template is Meta's own text.",
    );
  if (!z.boolean().optional().safeParse(body?.add_security_recommendation).success)
    throw new GraphError(100, "add_security_recommendation must be true or false.");
  const footer = components.find(({ type }) => type === "FOOTER");
  if (!footer) return;
  if (footer.text !== undefined)
    throw templateError(
      2388073,
      "Footer text is not allowed",
      "The footer of an authentication template is Meta's own text.",
    );
  if (!z.number().int().min(1).max(90).optional().safeParse(footer.code_expiration_minutes).success)
    throw new GraphError(100, "code_expiration_minutes must be a whole number between 1 and 90.");
}
