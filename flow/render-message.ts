import type { DraftContent } from "./lint-template.ts";
import { fillText, placeVariables, type TemplateContent, templateVariables, variablesIn } from "./template.ts";

/** A message as it is drawn on a phone and kept with its log entry. */
export type RenderedMessage = {
  header: RenderedHeader | null;
  body: string;
  footer: string | null;
  buttons: { kind: string; id: string; text: string; url?: string }[];
};

export type RenderedHeader =
  | { kind: "text"; text: string }
  | { kind: "document"; fileName: string; url?: string }
  | { kind: "image"; alt: string; url?: string }
  | { kind: "video"; url?: string }
  | { kind: "location"; place: { latitude: number; longitude: number; name: string; address: string } };

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
  const header = template.header && renderHeader(template.header, texts);
  const body = fillText(template.body, texts);
  const buttons = template.buttons.map((button) => {
    const url = button.kind === "url" ? fillAddress(button.url, texts) : links[`link.${button.id}`];
    return { kind: button.kind, id: button.id, text: button.text, ...(url === undefined ? {} : { url }) };
  });
  const words = [
    header?.kind === "text" ? header.text : "",
    header?.kind === "location" ? `${header.place.name}\n${header.place.address}` : "",
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

/** What stands above the body with these values. A place without coordinates is drawn in the middle of the map. */
export function renderHeader(
  header: NonNullable<DraftContent["header"]>,
  texts: Readonly<Record<string, string>>,
): RenderedHeader {
  const addressed = (name: string) => (texts[name] === undefined ? {} : { url: texts[name] });
  switch (header.kind) {
    case "text":
      return { kind: "text", text: fillText(header.text, texts) };
    case "document":
      return { kind: "document", fileName: header.fileName, ...addressed("document") };
    case "image":
      return { kind: "image", alt: "", ...addressed("image") };
    case "video":
      return { kind: "video", ...addressed("video") };
    case "location": {
      const [latitude = "", longitude = "", name = "", address = ""] = placeVariables.map(
        (variable) => texts[variable],
      );
      return {
        kind: "location",
        place: { latitude: Number(latitude) || 0, longitude: Number(longitude) || 0, name, address },
      };
    }
  }
}

/** A header for a preview: a text keeps its blanks, to be drawn as such; a document is no link to its sample; a picture shows it. */
export const previewHeader = (
  header: DraftContent["header"],
  samples: Readonly<Record<string, string>>,
): RenderedHeader | null =>
  header === null || header.kind === "text" || header.kind === "document" ? header : renderHeader(header, samples);

/** What fills an address's variable is one part of it, whatever signs it holds. */
export const addressEnd = (value: string): string => encodeURIComponent(value);

const fillAddress = (url: string, texts: Record<string, string>): string =>
  fillText(
    url,
    Object.fromEntries(
      variablesIn(url).flatMap((name) => (texts[name] === undefined ? [] : [[name, addressEnd(texts[name])]])),
    ),
  );
