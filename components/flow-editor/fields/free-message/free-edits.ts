import { z } from "zod";
import { FreeContent, type FreeHeader, type FreeKind, type FreeList } from "#flow/free-message.ts";
import { freeId } from "../list-value.ts";

/** The languages of a free message as far as a draft can be read; a new one where it cannot. */
export function contentsOf(value: unknown): FreeContent[] {
  const read = z.array(FreeContent).min(1).safeParse(value);
  return read.success ? read.data : [emptyContent("en")];
}

export const emptyContent = (language: string): FreeContent => ({
  language,
  header: null,
  body: "",
  footer: null,
  buttons: [],
  list: null,
});

type Edit = (content: FreeContent) => FreeContent;

/** Changes one language: its words. */
export const inLanguage = (contents: readonly FreeContent[], language: string, edit: Edit): FreeContent[] =>
  contents.map((content) => (content.language === language ? edit(content) : content));

/** Changes all languages: the shape, so that a tap leads the same way in each. */
export const inAll = (contents: readonly FreeContent[], edit: Edit): FreeContent[] => contents.map(edit);

/** Another kind of message, with the words it can keep. */
export function withKind(content: FreeContent, kind: FreeKind): FreeContent {
  const bare = { ...content, footer: null, buttons: [], list: null };
  switch (kind) {
    case "text":
      return { ...bare, header: null };
    case "audio":
      return { ...bare, header: { kind }, body: "" };
    case "image":
    case "video":
    case "document":
      return { ...bare, header: headerOf(kind) };
    case "buttons": {
      const answers = content.buttons.filter((button) => button.kind === "quick-reply");
      const buttons = answers.length > 0 ? answers : [{ kind: "quick-reply" as const, id: "answer", text: "" }];
      return { ...content, header: framed(content.header), buttons, list: null };
    }
    case "list":
      return {
        ...content,
        header: content.header?.kind === "text" ? content.header : null,
        buttons: [],
        list: content.list ?? { label: "", sections: [{ title: "", rows: [emptyRow("answer")] }] },
      };
    case "link": {
      const [text = ""] = content.buttons.map((button) => button.text);
      return { ...content, header: framed(content.header), buttons: [{ kind: "link", id: "link", text }], list: null };
    }
  }
}

export type HeaderKind = FreeHeader["kind"] | "none";

export const withHeader = (content: FreeContent, kind: HeaderKind): FreeContent => ({
  ...content,
  header: kind === "none" ? null : headerOf(kind),
});

export function headerOf(kind: FreeHeader["kind"]): FreeHeader {
  if (kind === "text") return { kind, text: "" };
  return kind === "document" ? { kind, fileName: "Document.pdf" } : { kind };
}

/** A sound stands alone. */
const framed = (header: FreeContent["header"]): FreeContent["header"] => (header?.kind === "audio" ? null : header);

const emptyRow = (id: string) => ({ id, title: "", description: "" });

const idsOf = ({ buttons, list }: FreeContent): string[] => [
  ...buttons.map(({ id }) => id),
  ...(list?.sections ?? []).flatMap(({ rows }) => rows.map(({ id }) => id)),
];

/** One more answer, with the same id in all languages. */
export function addAnswer(contents: readonly FreeContent[]): FreeContent[] {
  const id = freeId("answer", contents.flatMap(idsOf));
  return inAll(contents, (content) => ({
    ...content,
    buttons: [...content.buttons, { kind: "quick-reply", id, text: "" }],
  }));
}

export const removeButton = (contents: readonly FreeContent[], id: string): FreeContent[] =>
  inAll(contents, (content) => ({ ...content, buttons: content.buttons.filter((button) => button.id !== id) }));

export function addRow(contents: readonly FreeContent[], section: number): FreeContent[] {
  const id = freeId("answer", contents.flatMap(idsOf));
  return inSections(contents, (sections) =>
    sections.map((each, at) => (at === section ? { ...each, rows: [...each.rows, emptyRow(id)] } : each)),
  );
}

export const removeRow = (contents: readonly FreeContent[], id: string): FreeContent[] =>
  inSections(contents, (sections) =>
    sections.map((each) => ({ ...each, rows: each.rows.filter((row) => row.id !== id) })),
  );

export function addSection(contents: readonly FreeContent[]): FreeContent[] {
  const id = freeId("answer", contents.flatMap(idsOf));
  return inSections(contents, (sections) => [...sections, { title: "", rows: [emptyRow(id)] }]);
}

export const removeSection = (contents: readonly FreeContent[], section: number): FreeContent[] =>
  inSections(contents, (sections) => sections.filter((_, at) => at !== section));

const inSections = (
  contents: readonly FreeContent[],
  edit: (sections: FreeList["sections"]) => FreeList["sections"],
): FreeContent[] =>
  inAll(contents, (content) =>
    content.list ? { ...content, list: { ...content.list, sections: edit(content.list.sections) } } : content,
  );

/** A language more: the shape of the others, without words, so that nobody is written to in the wrong language unseen. */
export function addLanguage(contents: readonly FreeContent[], language: string): FreeContent[] {
  const [first] = contents;
  if (!first) return [emptyContent(language)];
  const { header, footer, buttons, list } = first;
  const added: FreeContent = {
    language,
    header: header && headerOf(header.kind),
    body: "",
    footer: footer === null ? null : "",
    buttons: buttons.map((button) => ({ ...button, text: "" })),
    list: list && {
      label: "",
      sections: list.sections.map(({ rows }) => ({ title: "", rows: rows.map(({ id }) => emptyRow(id)) })),
    },
  };
  return [...contents, added];
}
