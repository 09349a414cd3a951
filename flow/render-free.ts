import { type FreeContent, freeVariables } from "./free-message.ts";
import {
  addressEnd,
  type RenderedButton,
  type RenderedHeader,
  type RenderedMessage,
  type Rendering,
} from "./render-message.ts";
import { fillText, variablesIn } from "./template.ts";

/** Fills a free message, as `renderMessage` fills a template. */
export function renderFree(
  content: FreeContent,
  values: Readonly<Record<string, string | null>>,
  links: Readonly<Record<string, string>>,
): Rendering {
  const texts = Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const rendered = drawFree(content, { texts, links });
  const { header, body, footer, buttons, list } = rendered;
  const words = [
    header?.kind === "text" ? header.text : "",
    body,
    footer ?? "",
    ...buttons.map(({ text }) => text),
    ...(list ? [list.label, ...list.sections.flatMap(sectionWords)] : []),
  ];
  const given = new Set([...Object.keys(texts), ...Object.keys(links)]);
  return {
    content: rendered,
    text: words.filter(Boolean).join("\n"),
    missing: freeVariables(content).filter((variable) => !given.has(variable)),
  };
}

type Filling = { texts: Readonly<Record<string, string>>; links: Readonly<Record<string, string>> };

function drawFree(content: FreeContent, { texts, links }: Filling): RenderedMessage {
  const { header, body, footer, buttons, list } = content;
  return {
    header: header && header.kind !== "audio" ? drawHeader(header, texts) : null,
    ...(header?.kind === "audio" && { audio: at(texts.audio) }),
    body: fillText(body, texts),
    footer: footer ? fillText(footer, texts) : null,
    buttons: buttons.map((button): RenderedButton => {
      const { kind, id, text } = button;
      const url = button.kind === "url" ? fillAddress(button.url, texts) : links[`link.${id}`];
      return { kind, id, text, ...(url === undefined ? {} : { url }) };
    }),
    ...(list && {
      list: {
        label: list.label,
        sections: list.sections.map(({ title, rows }) => ({
          title: title || null,
          rows: rows.map((row) => ({
            id: row.id,
            title: row.title,
            ...(row.description && { description: row.description }),
          })),
        })),
      },
    }),
  };
}

/** A free message as a preview: blanks stay, to be drawn as such; what has no words yet shows that. */
export function previewFree(content: FreeContent, samples: Readonly<Record<string, string>> = {}): RenderedMessage {
  const file = content.header && content.header.kind !== "text" ? content.header.kind : null;
  const texts = file && samples[file] ? { [file]: samples[file] } : {};
  const drawn = drawFree(content, { texts, links: {} });
  return {
    ...drawn,
    buttons: drawn.buttons.map(({ url: _, ...button }) => ({ ...button, text: button.text || "…" })),
    ...(drawn.list && { list: { ...drawn.list, label: drawn.list.label || "…" } }),
  };
}

type Above = Exclude<NonNullable<FreeContent["header"]>, { kind: "audio" }>;

const at = (url: string | undefined) => (url === undefined ? {} : { url });

function drawHeader(header: Above, texts: Filling["texts"]): RenderedHeader {
  if (header.kind === "text") return { kind: "text", text: fillText(header.text, texts) };
  const file = at(texts[header.kind]);
  if (header.kind === "document") return { kind: "document", fileName: header.fileName, ...file };
  return header.kind === "image" ? { kind: "image", alt: "", ...file } : { kind: "video", ...file };
}

const fillAddress = (url: string, texts: Filling["texts"]): string =>
  fillText(
    url,
    Object.fromEntries(
      variablesIn(url).flatMap((name) => (texts[name] === undefined ? [] : [[name, addressEnd(texts[name])]])),
    ),
  );

const sectionWords = ({ title, rows }: NonNullable<RenderedMessage["list"]>["sections"][number]): string[] => [
  title ?? "",
  ...rows.flatMap((row) => [row.title, row.description ?? ""]),
];
