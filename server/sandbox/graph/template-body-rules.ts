import type { Template } from "./template.ts";
import type { TemplateComponent } from "./template-component.ts";
import { templateError } from "./template-error.ts";
import { checkVariables } from "./variable-rules.ts";

/**
 * Checks a BODY by sections 4 and 4.1. Throws for what is refused at once; "INVALID_FORMAT" is what Meta's review says of
 * touching variables, "NONE" of all else.
 */
export function checkBody(
  body: TemplateComponent,
  format: Template["parameterFormat"],
  maxLength: number,
): "NONE" | "INVALID_FORMAT" {
  const { text } = body;
  if (!text) throw templateError(2388072, "Message template body is missing", "The body needs text.");
  if (text.length > maxLength)
    throw templateError(2388040, "Body is too long", `The body has at most ${maxLength} characters.`);
  if (/\n{3,}/.test(text))
    throw templateError(2388072, "Body has too many new lines", "At most two new lines may follow each other.");
  const { variables, areTouching } = checkVariables("body", text, format, body.example);
  if (areTouching) return "INVALID_FORMAT";
  if (/^\s*\{\{|\}\}\s*$/.test(text))
    throw templateError(2388299, "Variables at the start or the end", "The body may not start or end with a variable.");
  const words = text
    .replace(/\{\{[^}]*\}\}/g, " ")
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  if (variables.length > 0 && words < 2 * variables.length + 1)
    throw templateError(2388293, "Too many variables", "The body has too many variables for its length.");
  return "NONE";
}
