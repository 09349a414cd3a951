import { fillText, type TemplateContent, templateVariables } from "./template.ts";

/** A message as it is drawn on a phone and kept with its log entry. */
export type RenderedMessage = {
  header: { kind: "text"; text: string } | { kind: "document"; fileName: string; url?: string } | null;
  body: string;
  footer: string | null;
  buttons: { kind: string; id: string; text: string; url?: string }[];
};

/** `text` is everything a person reads, for the gate; `missing` names the variables without a value, whose blanks stay visible. */
export type Rendering = { content: RenderedMessage; text: string; missing: string[] };

/** Fills a template. `links` are addresses by variable ("link.upload"). */
export function renderMessage(
  template: TemplateContent,
  values: Readonly<Record<string, string | null>>,
  links: Readonly<Record<string, string>>,
): Rendering {
  const texts = Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const given = new Set([...Object.keys(texts), ...Object.keys(links)]);
  const header = renderHeader(template.header, texts);
  const body = fillText(template.body, texts);
  const buttons = template.buttons.map((button) => {
    const url = button.kind === "url" ? button.url : button.kind === "link" ? links[`link.${button.id}`] : undefined;
    return { kind: button.kind, id: button.id, text: button.text, ...(url === undefined ? {} : { url }) };
  });
  const words = [
    header?.kind === "text" ? header.text : "",
    body,
    template.footer ?? "",
    ...buttons.map(({ text }) => text),
  ];
  return {
    content: { header, body, footer: template.footer, buttons },
    text: words.filter(Boolean).join("\n"),
    missing: templateVariables(template).filter((variable) => !given.has(variable)),
  };
}

function renderHeader(header: TemplateContent["header"], texts: Record<string, string>): RenderedMessage["header"] {
  if (header === null) return null;
  if (header.kind === "text") return { kind: "text", text: fillText(header.text, texts) };
  const url = texts.document;
  return { kind: "document", fileName: header.fileName, ...(url === undefined ? {} : { url }) };
}
