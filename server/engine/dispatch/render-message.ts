import { randomInt } from "node:crypto";
import type { MessageContent } from "#db/schema/index.ts";
import { fillText, templateVariables } from "#flow/template.ts";
import type { OutgoingMessage } from "#server/channels/channel.ts";
import type { Candidate, TemplateLanguage } from "./load-facts.ts";

/** A message made ready: what the person would read, and what the channel gets. */
export type Rendered = {
  language: string;
  content: MessageContent;
  outgoing: OutgoingMessage;
  /** Everything readable in one text, for the gate's content check. */
  text: string;
  missingVariables: string[];
  /** Code by variable ("link.upload"). */
  codes: Record<string, string>;
};

/**
 * The language a person gets: their own where it is approved ("fr_FR", then "fr", then any French), else the workspace's, else
 * any approved one, else whatever there is, so that the gate can say why not.
 */
export function chooseLanguage(
  languages: readonly TemplateLanguage[],
  personal: string | null,
  fallback: string,
): TemplateLanguage | null {
  const approved = languages.filter((each) => each.status === "approved");
  for (const wanted of [personal, fallback]) {
    const exact = (wanted ?? "").replace("-", "_");
    const base = exact.split("_")[0] ?? "";
    const found =
      approved.find((each) => each.language === exact) ??
      approved.find((each) => each.language === base) ??
      approved.find((each) => base !== "" && each.language.startsWith(`${base}_`));
    if (found) return found;
  }
  return approved[0] ?? languages[0] ?? null;
}

/** Fills a template for one person. `knownCodes` are the link codes of an earlier attempt. */
export function renderMessage(
  { request }: Pick<Candidate, "request">,
  template: TemplateLanguage,
  { publicUrl, knownCodes }: { publicUrl: string; knownCodes: Record<string, string> },
): Rendered {
  const needed = templateVariables(template);
  const values = filledValues(request.values);
  const codes: Record<string, string> = {};
  for (const variable of needed) {
    if (variable.startsWith("link.") && Object.hasOwn(request.links, variable))
      codes[variable] = knownCodes[variable] ?? newCode();
  }
  const missingVariables = needed.filter(
    (variable) => !Object.hasOwn(codes, variable) && !Object.hasOwn(values, variable),
  );
  const content = contentOf(template, { values, codes, publicUrl });
  return {
    language: template.language,
    content,
    outgoing: outgoingOf(request.template, template, { values, codes }),
    text: textOf(content),
    missingVariables,
    codes,
  };
}

const filledValues = (values: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));

type Filling = { values: Record<string, string>; codes: Record<string, string> };

function contentOf(
  { header, body, footer, buttons }: TemplateLanguage,
  { values, codes, publicUrl }: Filling & { publicUrl: string },
): MessageContent {
  return {
    header:
      header?.kind === "document"
        ? { kind: "document", fileName: header.fileName, url: values.document }
        : header && { kind: "text", text: fillText(header.text, values) },
    body: fillText(body, values),
    footer,
    buttons: buttons.map((button) => {
      const { kind, id, text } = button;
      if (button.kind === "link") return { kind, id, text, url: `${publicUrl}/r/${codes[`link.${id}`] ?? ""}` };
      return button.kind === "url" ? { kind, id, text, url: button.url } : { kind, id, text };
    }),
  };
}

const textOf = ({ header, body, footer }: MessageContent): string =>
  [header?.kind === "text" ? header.text : "", body, footer ?? ""].join("\n");

type TemplateMessage = Extract<OutgoingMessage, { kind: "template" }>;

function outgoingOf(name: string, template: TemplateLanguage, { values, codes }: Filling): TemplateMessage {
  const { language, header, body, buttons } = template;
  return {
    kind: "template",
    name,
    language,
    header: headerOf(header, values),
    body: usedIn(body, values),
    buttons: buttons.flatMap((button, index): TemplateMessage["buttons"] => {
      if (button.kind === "quick-reply") return [{ index, kind: "quick-reply", value: button.id }];
      if (button.kind === "link") return [{ index, kind: "link", value: codes[`link.${button.id}`] ?? "" }];
      return [];
    }),
  };
}

function headerOf(header: TemplateLanguage["header"], values: Record<string, string>) {
  if (header?.kind === "document")
    return { kind: "document" as const, url: values.document ?? "", fileName: header.fileName };
  const used = header ? usedIn(header.text, values) : {};
  return Object.keys(used).length > 0 ? { kind: "text" as const, values: used } : null;
}

const usedIn = (text: string, values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/\{\{([a-z_][a-z0-9_]*)\}\}/g)].map(([, name = ""]) => [name, values[name] ?? ""]),
  );

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** 10 random base62 characters: 59 bits, not to be guessed. */
const newCode = (): string => Array.from({ length: 10 }, () => alphabet[randomInt(62)]).join("");
