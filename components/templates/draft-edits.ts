import type { DraftButton, DraftContent } from "#flow/lint-template.ts";
import { type CodeOptions, codeContent, codeSamples, presetTexts } from "#flow/preset-texts.ts";
import { allButtons, type TemplateCategory } from "#flow/template.ts";
import { usualCallMinutes } from "#flow/template-limits.ts";
import type { OrderCurrency, PayBy } from "#flow/template-order.ts";
import type { Draft } from "./use-template-draft.ts";

/** Changes one language. */
export const editLanguage =
  (language: string, edit: (content: DraftContent) => DraftContent) =>
  (draft: Draft): Draft => ({
    ...draft,
    languages: draft.languages.map((content) => (content.language === language ? edit(content) : content)),
  });

/**
 * Changes the buttons of all languages alike: which there are and in what order is one thing, only their words differ. A product's
 * button brings the product above the text with it, and takes it along.
 */
const editButtons =
  (edit: (buttons: DraftButton[], language: string) => DraftButton[]) =>
  (draft: Draft): Draft => ({
    ...draft,
    languages: draft.languages.map((content) => {
      const buttons = edit(content.buttons, content.language);
      return { ...content, buttons, header: headerBeside(content.header, content.buttons, buttons) };
    }),
  });

function headerBeside(
  header: DraftContent["header"],
  before: readonly DraftButton[],
  after: readonly DraftButton[],
): DraftContent["header"] {
  const has = (buttons: readonly DraftButton[]) => buttons.some((button) => button.kind === "product");
  if (has(after)) return { kind: "product" };
  return has(before) && header?.kind === "product" ? null : header;
}

/** A product above the text of every language, and its button as the only one. */
export const startProduct = (draft: Draft): Draft =>
  editButtons((buttons, language) => [
    ofKind("product", { id: buttons[0]?.id ?? "button-1", text: buttons[0]?.text ?? "" }, language),
  ])(draft);

/** The product whose picture stands above the shop's button is one thing for all languages. */
export const setThumbnail = (id: string, thumbnail: string) =>
  editButtons((buttons) =>
    buttons.map((button) => {
      if (button.id !== id || button.kind !== "catalogue") return button;
      const { thumbnail: _, ...rest } = button;
      return thumbnail === "" ? rest : { ...rest, thumbnail };
    }),
  );

/** How many minutes a button that calls is good. */
export const setCallMinutes = (id: string, minutes: number) =>
  editButtons((buttons) =>
    buttons.map((button) => (button.id === id && button.kind === "voice-call" ? { ...button, minutes } : button)),
  );

/** In which currency an order is paid, and by what. */
export const setOrder = (id: string, order: { currency: OrderCurrency; payBy: PayBy }) =>
  editButtons((buttons) =>
    buttons.map((button) => (button.id === id && button.kind === "order" ? { ...button, ...order } : button)),
  );

/** A new button at the end with an id that no other has; the id names it in flows, whatever its words become. */
export const addButton =
  (kind: DraftButton["kind"]) =>
  (draft: Draft): Draft => {
    const taken = new Set(draft.languages.flatMap((content) => content.buttons.map((button) => button.id)));
    let number = 1;
    while (taken.has(`button-${number}`)) number += 1;
    return editButtons((buttons, language) => [
      ...buttons,
      ofKind(kind, { id: `button-${number}`, text: "" }, language),
    ])(draft);
  };

export const removeButton = (id: string) => editButtons((buttons) => buttons.filter((button) => button.id !== id));

/** Up or down by one place; at the edge it stays. */
export const moveButton = (id: string, by: -1 | 1) =>
  editButtons((buttons) => {
    const from = buttons.findIndex((button) => button.id === id);
    const moved = buttons[from];
    const other = buttons[from + by];
    if (!moved || !other) return buttons;
    return buttons.map((button, index) => (index === from ? other : index === from + by ? moved : button));
  });

/** In the order of these ids; what is not among them stays behind. */
export const arrangeButtons = (ids: readonly string[]) =>
  editButtons((buttons) => buttons.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)));

export const changeButtonKind = (id: string, kind: DraftButton["kind"]) =>
  editButtons((buttons, language) =>
    buttons.map((button) => (button.id === id ? ofKind(kind, button, language) : button)),
  );

/** Changes every button of a language alike, those of its cards too. */
const mapButtons = (content: DraftContent, edit: (button: DraftButton) => DraftButton): DraftContent => {
  const { header, buttons } = content;
  const cards =
    header?.kind === "cards" ? header.cards.map((card) => ({ ...card, buttons: card.buttons.map(edit) })) : [];
  return {
    ...content,
    buttons: buttons.map(edit),
    header: header?.kind === "cards" ? { ...header, cards } : header,
  };
};

export const setButtonText = (language: string, id: string, text: string) =>
  editLanguage(language, (content) =>
    mapButtons(content, (button) => (button.id === id ? { ...button, text } : button)),
  );

/** Where a button leads is mostly the same in every language: those that had the same address or number change along. */
export const setTarget =
  (language: string, id: string, target: string) =>
  (draft: Draft): Draft => {
    const targetOf = (content: DraftContent | undefined) => {
      const button = content && allButtons(content).find((one) => one.id === id);
      return button ? targetOfButton(button) : null;
    };
    const before = targetOf(draft.languages.find((content) => content.language === language));
    const edit = (button: DraftButton): DraftButton => {
      if (button.id !== id) return button;
      if (button.kind === "url") return { ...button, url: target };
      if (button.kind === "form") return { ...button, form: target };
      return button.kind === "phone" ? { ...button, phone: target } : button;
    };
    return {
      ...draft,
      languages: draft.languages.map((content) => (targetOf(content) === before ? mapButtons(content, edit) : content)),
    };
  };

function targetOfButton(button: DraftButton): string | null {
  if (button.kind === "url") return button.url;
  if (button.kind === "form") return button.form;
  return button.kind === "phone" ? button.phone : null;
}

/** The screen a form begins with is the form's own: the same in every language. */
export const setScreen = (id: string, screen: string) =>
  editButtons((buttons) =>
    buttons.map((button) =>
      button.id === id && button.kind === "form" ? { ...button, screen: screen === "" ? null : screen } : button,
    ),
  );

/** A button of this kind that keeps what it can. */
export function ofKind(
  kind: DraftButton["kind"],
  { id, text }: { id: string; text: string },
  language: string,
): DraftButton {
  switch (kind) {
    case "url":
      return { kind, id, text, url: "https://" };
    case "phone":
      return { kind, id, text, phone: "+" };
    case "form":
      return { kind, id, text, form: "", screen: null };
    case "coupon":
      return { kind, id, text: presetTexts(language).copy };
    case "contact-request":
      return { kind, id, text: presetTexts(language).share };
    case "voice-call":
      return { kind, id, text, minutes: usualCallMinutes };
    case "order":
      return { kind, id, text, currency: language.startsWith("pt") ? "BRL" : "INR", payBy: { kind: "link" } };
    case "one-time-code":
      return { kind, id, text, minutes: 10, advisesSecrecy: true };
    default:
      return { kind, id, text };
  }
}

/**
 * Another category. An authentication template has no words of one's own, so its languages begin anew with WhatsApp's; back from
 * there the text stays, and the code's button goes.
 */
export const setCategory =
  (category: TemplateCategory) =>
  (draft: Draft): Draft => ({
    ...draft,
    category,
    samples: category === "authentication" ? { ...codeSamples, ...draft.samples } : draft.samples,
    languages: draft.languages.map((content) =>
      category === "authentication"
        ? codeContent(content.language)
        : { ...content, buttons: content.buttons.filter((button) => button.kind !== "one-time-code") },
    ),
  });

/** The options of an authentication template hold for all its languages; the words on the button are each language's own. */
export const setCode =
  (options: SharedOptions) =>
  (draft: Draft): Draft => ({
    ...draft,
    languages: draft.languages.map((content) =>
      codeContent(content.language, { ...options, ...labelsOf(content.buttons[0]) }),
    ),
  });

/** What an authentication template says of its code; the usual where it does not. */
export function optionsOf({ buttons }: DraftContent): SharedOptions {
  const code = buttons.find((button) => button.kind === "one-time-code");
  if (code?.kind !== "one-time-code") return { minutes: 10, advisesSecrecy: true };
  const { minutes, advisesSecrecy, autofill } = code;
  if (!autofill) return { minutes, advisesSecrecy };
  const { text: _, ...shared } = autofill;
  return { minutes, advisesSecrecy, autofill: shared };
}

/** What holds for all languages of an authentication template. */
export type SharedOptions = Omit<CodeOptions, "label" | "autofillLabel">;

const labelsOf = (button: DraftButton | undefined): Pick<CodeOptions, "label" | "autofillLabel"> => ({
  ...(button && { label: button.text }),
  ...(button?.kind === "one-time-code" && button.autofill && { autofillLabel: button.autofill.text }),
});

/** The words on the button that hands a code over, in one language. */
export const setAutofillText = (language: string, text: string) =>
  editLanguage(language, (content) =>
    mapButtons(content, (button) =>
      button.kind === "one-time-code" && button.autofill
        ? { ...button, autofill: { ...button.autofill, text } }
        : button,
    ),
  );

/** A language as it was in another version, with what it needs of its samples. */
export const restoreLanguage =
  (content: DraftContent, samples: Record<string, string>) =>
  (draft: Draft): Draft => ({
    ...editLanguage(content.language, () => content)(draft),
    samples: { ...samples, ...draft.samples },
  });

/** Another language starts from the text of one that is there: to translate is easier than to begin with nothing. */
export const addLanguage =
  (language: string, from: string) =>
  (draft: Draft): Draft => {
    const source = draft.languages.find((content) => content.language === from) ?? draft.languages[0];
    const content: DraftContent = source
      ? draft.category === "authentication"
        ? codeContent(language, optionsOf(source))
        : { ...source, language }
      : { language, header: null, body: "", footer: null, buttons: [] };
    return { ...draft, languages: [...draft.languages, content].sort((a, b) => (a.language < b.language ? -1 : 1)) };
  };

export const removeLanguage =
  (language: string) =>
  (draft: Draft): Draft => ({
    ...draft,
    languages: draft.languages.filter((content) => content.language !== language),
  });

export const setSample =
  (variable: string, sample: string) =>
  (draft: Draft): Draft => ({
    ...draft,
    samples: { ...draft.samples, [variable]: sample },
  });
