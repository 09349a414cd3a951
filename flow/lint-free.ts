import type { NodeProblem } from "./define-node.ts";
import { answersOf, type FreeButton, type FreeContent, freeKind, freeLimits } from "./free-message.ts";

/**
 * What WhatsApp would refuse in a free message, each with its place ("contents.0.body"). `rule` is a key under `problems.`; one
 * function for the words beside the field, the problem list and publishing.
 */
export function lintFree(contents: readonly FreeContent[]): NodeProblem[] {
  const [first, ...others] = contents;
  const shape = first && shapeOf(first);
  return [
    ...contents.flatMap((content, index) => lintContent(content, `contents.${index}`)),
    ...(others.some((other) => shapeOf(other) !== shape) ? [{ rule: "free-languages-differ", field: "contents" }] : []),
    ...(new Set(contents.map(({ language }) => language)).size < contents.length
      ? [{ rule: "free-language-repeated", field: "contents" }]
      : []),
  ];
}

/** What must be the same in all languages, so that a tap leads the same way whoever taps. */
const shapeOf = (content: FreeContent): string =>
  JSON.stringify([freeKind(content), content.header?.kind ?? null, answersOf(content).map(({ id }) => id)]);

function lintContent(content: FreeContent, at: string): NodeProblem[] {
  const { header, footer, buttons } = content;
  const kind = freeKind(content);
  const hasFrame = kind === "buttons" || kind === "list" || kind === "link";
  return [
    ...lintBody(content, at),
    ...(header?.kind === "text"
      ? [
          ...lintText(header.text, { field: `${at}.header`, limit: freeLimits.header }),
          ...(hasFrame ? [] : [{ rule: "free-header-alone", field: `${at}.header` }]),
        ]
      : []),
    ...(header?.kind === "document" && header.fileName.trim() === ""
      ? [{ rule: "free-file-name", field: `${at}.header` }]
      : []),
    ...(header && header.kind !== "text" && kind === "list"
      ? [{ rule: "free-list-header", field: `${at}.header` }]
      : []),
    ...(header?.kind === "audio" && hasFrame ? [{ rule: "free-audio-alone", field: `${at}.header` }] : []),
    ...(footer
      ? [
          ...tooLong(footer, { field: `${at}.footer`, limit: freeLimits.footer }),
          ...(hasFrame ? [] : [{ rule: "free-footer-alone", field: `${at}.footer` }]),
        ]
      : []),
    ...lintButtons(buttons, at),
    ...(content.list && buttons.length > 0 ? [{ rule: "free-list-alone", field: `${at}.buttons` }] : []),
    ...lintList(content, at),
  ];
}

function lintBody(content: FreeContent, at: string): NodeProblem[] {
  const kind = freeKind(content);
  const field = `${at}.body`;
  if (kind === "audio") return content.body.trim() === "" ? [] : [{ rule: "free-audio-alone", field }];
  const isFile = kind === "image" || kind === "video" || kind === "document";
  if (isFile && content.body.trim() === "") return [];
  return lintText(content.body, { field, limit: bodyLimit(content) });
}

/** The longest text that this shape of a message may have. */
export function bodyLimit(content: Pick<FreeContent, "header" | "buttons" | "list">): number {
  const kind = freeKind(content);
  if (kind === "text") return freeLimits.text;
  return kind === "list" ? freeLimits.listBody : freeLimits.caption;
}

function lintButtons(buttons: readonly FreeButton[], at: string): NodeProblem[] {
  const links = buttons.filter(({ kind }) => kind !== "quick-reply").length;
  const labels = buttons.map(({ text }) => text.trim().toLowerCase());
  return [
    ...buttons.flatMap((button, index): NodeProblem[] => {
      const field = `${at}.buttons.${index}`;
      return [
        ...lintText(button.text, { field, limit: freeLimits.button }),
        ...(labels.indexOf(labels[index] ?? "") < index && labels[index] !== ""
          ? [{ rule: "free-repeated", field, values: { text: button.text } }]
          : []),
        ...(button.kind === "url" && !isAddress(button.url) ? [{ rule: "free-address", field }] : []),
      ];
    }),
    ...(links > 0 && buttons.length > 1 ? [{ rule: "free-link-alone", field: `${at}.buttons` }] : []),
    ...(buttons.length > freeLimits.buttons
      ? [{ rule: "free-too-many", field: `${at}.buttons`, values: { limit: freeLimits.buttons } }]
      : []),
  ];
}

function lintList({ list }: FreeContent, at: string): NodeProblem[] {
  if (!list) return [];
  const rows = list.sections.flatMap((section) => section.rows);
  const field = `${at}.list`;
  return [
    ...lintText(list.label, { field: `${field}.label`, limit: freeLimits.listButton }),
    ...(rows.length === 0 ? [{ rule: "free-no-rows", field }] : []),
    ...(rows.length > freeLimits.rows
      ? [{ rule: "free-too-many-rows", field, values: { limit: freeLimits.rows } }]
      : []),
    ...list.sections.flatMap((section, index): NodeProblem[] => [
      ...(list.sections.length > 1
        ? lintText(section.title, { field: `${field}.sections.${index}`, limit: freeLimits.sectionTitle })
        : tooLong(section.title, { field: `${field}.sections.${index}`, limit: freeLimits.sectionTitle })),
      ...section.rows.flatMap((row, place) => {
        const here = `${field}.sections.${index}.rows.${place}`;
        return [
          ...lintText(row.title, { field: here, limit: freeLimits.rowTitle }),
          ...tooLong(row.description, { field: here, limit: freeLimits.rowText }),
        ];
      }),
    ]),
  ];
}

type Place = { field: string; limit: number };

const lintText = (text: string, place: Place): NodeProblem[] =>
  text.trim() === "" ? [{ rule: "free-empty", field: place.field }] : tooLong(text, place);

const tooLong = (text: string, { field, limit }: Place): NodeProblem[] =>
  text.length > limit ? [{ rule: "free-too-long", field, values: { length: text.length, limit } }] : [];

/** WhatsApp opens web addresses of a name only; a blank may end it. */
const isAddress = (url: string): boolean =>
  url.length <= freeLimits.address && /^https?:\/\/[^\s/]+\.[^\s]+$/.test(url.replace(/\{\{[a-z_][a-z0-9_]*\}\}$/, ""));
