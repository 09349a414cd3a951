import type { DraftButton, DraftContent } from "../lint-template.ts";
import { codeContent } from "../preset-texts.ts";
import type { TemplateCategory } from "../template.ts";

/** The languages that every text of the gallery is written in. */
export const galleryLanguages = ["en", "fr", "es", "pt_BR", "hi"] as const;
export type GalleryLanguage = (typeof galleryLanguages)[number];

export type GalleryTopic = "payments" | "accounts" | "security" | "service";

/** A ready text to begin a template with. `useCase` is what WhatsApp's own library calls the same need; null: it has no name for it. */
export type GalleryEntry = {
  id: string;
  useCase: string | null;
  topic: GalleryTopic;
  category: TemplateCategory;
  /** What to call the template; a number is put behind it when the name is taken. */
  name: string;
  samples: Record<string, string>;
  languages: DraftContent[];
};

type Words = { header?: string; body: string; buttons: string[] };
type Sketch = Omit<GalleryEntry, "languages" | "name" | "useCase"> & {
  useCase: string;
  header?: { kind: "document"; fileName: string };
  /** Kinds and ids in their order; the words of each language follow it. */
  buttons: (
    | { kind: "quick-reply" | "link"; id: string }
    | { kind: "phone"; id: string; phone: string }
    | { kind: "url"; id: string; url: string }
  )[];
  words: Record<GalleryLanguage, Words>;
};

/** An entry out of its words: what is the same in all languages is written once. */
export const galleryEntry = ({ header, buttons, words, ...rest }: Sketch): GalleryEntry => ({
  ...rest,
  name: rest.id.replaceAll("-", "_"),
  languages: galleryLanguages.map((language) => {
    const { header: title, body, buttons: labels } = words[language];
    return {
      language,
      header: header ?? (title === undefined ? null : { kind: "text", text: title }),
      body,
      footer: null,
      buttons: buttons.map((button, index): DraftButton => ({ ...button, text: labels[index] ?? "" })),
    };
  }),
});

/** The one authentication template there is to start from: WhatsApp writes it, the options are the business's. */
export const codeEntry: GalleryEntry = {
  id: "one-time-code",
  useCase: null,
  topic: "security",
  category: "authentication",
  name: "one_time_code",
  samples: { code: "123456" },
  languages: galleryLanguages.map((language) => codeContent(language)),
};
