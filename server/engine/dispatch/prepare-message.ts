import { randomInt } from "node:crypto";
import { type Rendering, renderMessage } from "#flow/render-message.ts";
import { templateVariables, variablesIn } from "#flow/template.ts";
import type { OutgoingTemplate } from "#server/channels/outgoing-template.ts";
import type { Candidate, TemplateLanguage } from "./load-facts.ts";

/** A message made ready: what the person would read, what the channel gets, and the codes of its links by variable ("link.upload"). */
export type Prepared = Rendering & { language: string; outgoing: OutgoingTemplate; codes: Record<string, string> };

/** Fills a template for one person. `knownCodes` are the link codes of an earlier attempt. */
export function prepareMessage(
  { request }: Pick<Candidate, "request">,
  template: TemplateLanguage,
  {
    publicUrl,
    knownCodes,
    category,
  }: { publicUrl: string; knownCodes: Record<string, string>; category?: OutgoingTemplate["category"] },
): Prepared {
  const linked = templateVariables(template).filter((variable) => Object.hasOwn(request.links, variable));
  const codes = Object.fromEntries(linked.map((variable) => [variable, knownCodes[variable] ?? newCode()]));
  const links = Object.fromEntries(linked.map((variable) => [variable, `${publicUrl}/r/${codes[variable]}`]));
  return {
    ...renderMessage(template, request.values, links),
    language: template.language,
    outgoing: { ...outgoingOf(request, template, codes), category },
    codes,
  };
}

type Request = Pick<Candidate["request"], "template" | "values">;

function outgoingOf(request: Request, template: TemplateLanguage, codes: Record<string, string>): OutgoingTemplate {
  const { language, header, body, buttons } = template;
  return {
    kind: "template",
    name: request.template,
    language,
    header: headerOf(header, request.values),
    body: usedIn(body, request.values),
    buttons: buttons.flatMap((button, index): OutgoingTemplate["buttons"] => {
      if (button.kind === "quick-reply") return [{ index, kind: "quick-reply", value: button.id }];
      if (button.kind === "link") return [{ index, kind: "link", value: codes[`link.${button.id}`] ?? "" }];
      return [];
    }),
  };
}

function headerOf(header: TemplateLanguage["header"], values: Request["values"]): OutgoingTemplate["header"] {
  if (header?.kind === "document") return { kind: "document", url: values.document ?? "", fileName: header.fileName };
  const used = header ? usedIn(header.text, values) : {};
  return Object.keys(used).length > 0 ? { kind: "text", values: used } : null;
}

const usedIn = (text: string, values: Request["values"]): Record<string, string> =>
  Object.fromEntries(variablesIn(text).map((name) => [name, values[name] ?? ""]));

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** 10 random base62 characters: 59 bits, not to be guessed. */
const newCode = (): string => Array.from({ length: 10 }, () => alphabet[randomInt(62)]).join("");
