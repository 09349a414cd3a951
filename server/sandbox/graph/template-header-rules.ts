import { z } from "zod";
import type { Template } from "./template.ts";
import type { TemplateComponent } from "./template-component.ts";
import { templateError } from "./template-error.ts";
import { checkVariables } from "./variable-rules.ts";

const headerFormats = ["TEXT", "IMAGE", "VIDEO", "DOCUMENT", "GIF", "LOCATION", "PRODUCT"];

/** What a sample's MIME type begins with, by the header's format. */
const mimeStarts: Record<string, string[]> = {
  IMAGE: ["image/"],
  VIDEO: ["video/"],
  GIF: ["video/", "image/gif"],
  DOCUMENT: ["application/", "text/"],
};

const wrong = (message: string) => templateError(2388047, "Message header format is incorrect", message);

/** Checks a HEADER by section 4: text of at most 60 characters and one variable, media with the handle of a sample, location or product. */
export function checkHeader(header: TemplateComponent, format: Template["parameterFormat"]): void {
  if (!header.format || !headerFormats.includes(header.format))
    throw wrong(`format must be one of ${headerFormats.join(", ")}.`);
  if (header.format === "TEXT") checkText(header, format);
  else if (mimeStarts[header.format]) checkSample(header.format, header.example);
}

function checkText(header: TemplateComponent, format: Template["parameterFormat"]): void {
  const { text } = header;
  if (!text) throw wrong("A text header needs text.");
  if (text.length > 60) throw templateError(2388040, "Header is too long", "A header has at most 60 characters.");
  if (/[\n*_~`]|\p{Extended_Pictographic}/u.test(text.replace(/\{\{[^}]*\}\}/g, "")))
    throw wrong("A header has no new line, formatting or emoji.");
  const { variables } = checkVariables("header", text, format, header.example);
  if (variables.length > 1) throw wrong("A header has at most one variable.");
}

function checkSample(format: string, example: unknown): void {
  const parsed = z.looseObject({ header_handle: z.array(z.string().min(1)).min(1) }).safeParse(example);
  if (!parsed.success)
    throw templateError(2388043, "Sample is missing", "A media header needs a sample in example.header_handle.");
  const mimeType = mimeTypeOf(parsed.data.header_handle[0] ?? "");
  if (mimeType !== null && !mimeStarts[format]?.some((start) => mimeType.startsWith(start)))
    throw wrong(`The sample is ${mimeType}, which does not fit a header of format ${format}.`);
}

/** A handle carries its file's MIME type; null for one that does not tell. */
function mimeTypeOf(handle: string): string | null {
  const parts = handle.split(":");
  const told = Buffer.from(parts[2] ?? "", "base64").toString("utf8");
  return /^[a-z]+\/[a-z0-9.+-]+$/.test(told) ? told : null;
}
