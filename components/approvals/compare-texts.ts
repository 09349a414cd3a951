import { markWhole, markWords } from "#components/phone/change-marks.ts";
import type { DraftButton, DraftContent } from "#flow/lint-template.ts";

export type Part = { part: "header" | "body" | "footer" } | { part: "button"; number: number };

/** One field that differs, its two texts marked; null: it is not there. */
export type FieldChange = Part & { kind: "added" | "removed" | "changed"; before: string | null; after: string | null };

/** A language's two texts, each with what it has alone marked for `RichText`, and the list of what differs. */
export type Comparison = { before: DraftContent | null; after: DraftContent | null; changes: FieldChange[] };

type Header = NonNullable<DraftContent["header"]>;

/** Words for a header without text: "Image". */
export type NameHeader = (kind: Exclude<Header["kind"], "text" | "document" | "offer" | "cards">) => string;

/** Compares one language before and after, field by field, words inside fields. */
export function compareTexts(
  before: DraftContent | null,
  after: DraftContent | null,
  nameHeader: NameHeader,
): Comparison {
  const said = (content: DraftContent | null) => content?.header && sayHeader(content.header, nameHeader);
  const header = compareField({ part: "header" }, said(before) ?? null, said(after) ?? null);
  const body = compareField({ part: "body" }, before?.body ?? null, after?.body ?? null);
  const footer = compareField({ part: "footer" }, before?.footer ?? null, after?.footer ?? null);
  const buttons = compareButtons(before?.buttons ?? [], after?.buttons ?? []);
  return {
    before: before && {
      ...before,
      header: markedHeader(before, header.before),
      body: body.before ?? "",
      footer: footer.before,
      buttons: buttons.before,
    },
    after: after && {
      ...after,
      header: markedHeader(after, header.after),
      body: body.after ?? "",
      footer: footer.after,
      buttons: buttons.after,
    },
    changes: [...header.changes, ...body.changes, ...footer.changes, ...buttons.changes],
  };
}

function compareField(part: Part, old: string | null, now: string | null) {
  const [before, after] = [old || null, now || null];
  if (before === after) return { before, after, changes: [] };
  const kind = before === null ? "added" : after === null ? "removed" : "changed";
  const marked =
    before !== null && after !== null
      ? markWords(before, after)
      : { before: before && markWhole("removed", before), after: after && markWhole("added", after) };
  return { ...marked, changes: [{ ...part, kind, ...marked } satisfies FieldChange] };
}

/** Buttons are the same by their id; one that moved is no change, one that leads elsewhere is. */
function compareButtons(old: DraftButton[], now: DraftButton[]) {
  const changes: FieldChange[] = [];
  const marked = { before: [...old], after: [...now] };
  for (const [index, button] of old.entries()) {
    if (now.some((one) => one.id === button.id)) continue;
    const before = markWhole("removed", button.text);
    marked.before[index] = { ...button, text: before };
    changes.push({ part: "button", number: index + 1, kind: "removed", before, after: null });
  }
  for (const [index, button] of now.entries()) {
    const was = old.find((one) => one.id === button.id);
    if (was && sayButton(was) === sayButton(button)) continue;
    if (!was) {
      const after = markWhole("added", button.text);
      marked.after[index] = { ...button, text: after };
      changes.push({ part: "button", number: index + 1, kind: "added", before: null, after });
      continue;
    }
    const texts = markWords(was.text, button.text);
    marked.before[old.indexOf(was)] = { ...was, text: texts.before };
    marked.after[index] = { ...button, text: texts.after };
    const said = markWords(sayButton(was), sayButton(button));
    changes.push({ part: "button", number: index + 1, kind: "changed", ...said });
  }
  return { ...marked, changes };
}

/** A button with where it leads. */
function sayButton(button: DraftButton): string {
  if (button.kind === "url") return `${button.text} ${button.url}`;
  if (button.kind === "phone") return `${button.text} ${button.phone}`;
  if (button.kind === "voice-call") return `${button.text} (${button.minutes / 1440} × 24 h)`;
  if (button.kind === "order") return `${button.text} ${button.currency} ${Object.values(button.payBy).join(" ")}`;
  if (button.kind === "catalogue" && button.thumbnail) return `${button.text} ${button.thumbnail}`;
  return button.text;
}

function sayHeader(header: Header, nameHeader: NameHeader): string {
  switch (header.kind) {
    case "text":
    case "offer":
      return header.text;
    case "document":
      return header.fileName;
    case "cards":
      return header.cards
        .map(({ body, buttons }, index) => [`${index + 1}. ${body}`, ...buttons.map(sayButton)].join("\n"))
        .join("\n");
    default:
      return nameHeader(header.kind);
  }
}

function markedHeader({ header }: DraftContent, text: string | null): DraftContent["header"] {
  if (!header || text === null) return header;
  return header.kind === "text" ? { kind: "text", text } : header;
}
