import type { DraftButton, DraftContent } from "#flow/lint-template.ts";
import type { Draft } from "./use-template-draft.ts";

/** Changes one language. */
export const editLanguage =
  (language: string, edit: (content: DraftContent) => DraftContent) =>
  (draft: Draft): Draft => ({
    ...draft,
    languages: draft.languages.map((content) => (content.language === language ? edit(content) : content)),
  });

/** Changes the buttons of all languages alike: which there are and in what order is one thing, only their words differ. */
const editButtons =
  (edit: (buttons: DraftButton[]) => DraftButton[]) =>
  (draft: Draft): Draft => ({
    ...draft,
    languages: draft.languages.map((content) => ({ ...content, buttons: edit(content.buttons) })),
  });

/** A new button at the end with an id that no other has; the id names it in flows, whatever its words become. */
export const addButton =
  (kind: DraftButton["kind"]) =>
  (draft: Draft): Draft => {
    const taken = new Set(draft.languages.flatMap((content) => content.buttons.map((button) => button.id)));
    let number = 1;
    while (taken.has(`button-${number}`)) number += 1;
    return editButtons((buttons) => [...buttons, ofKind(kind, { id: `button-${number}`, text: "" })])(draft);
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

export const changeButtonKind = (id: string, kind: DraftButton["kind"]) =>
  editButtons((buttons) => buttons.map((button) => (button.id === id ? ofKind(kind, button) : button)));

export const setButtonText = (language: string, id: string, text: string) =>
  editLanguage(language, (content) => ({
    ...content,
    buttons: content.buttons.map((button) => (button.id === id ? { ...button, text } : button)),
  }));

/** Where a button leads is mostly the same in every language: those that had the same address or number change along. */
export const setTarget =
  (language: string, id: string, target: string) =>
  (draft: Draft): Draft => {
    const targetOf = (content: DraftContent | undefined) => {
      const button = content?.buttons.find((one) => one.id === id);
      return button?.kind === "url" ? button.url : button?.kind === "phone" ? button.phone : null;
    };
    const before = targetOf(draft.languages.find((content) => content.language === language));
    const edit = (button: DraftButton): DraftButton => {
      if (button.id !== id) return button;
      if (button.kind === "url") return { ...button, url: target };
      return button.kind === "phone" ? { ...button, phone: target } : button;
    };
    return {
      ...draft,
      languages: draft.languages.map((content) =>
        targetOf(content) === before ? { ...content, buttons: content.buttons.map(edit) } : content,
      ),
    };
  };

function ofKind(kind: DraftButton["kind"], { id, text }: { id: string; text: string }): DraftButton {
  if (kind === "url") return { kind, id, text, url: "https://" };
  if (kind === "phone") return { kind, id, text, phone: "+" };
  return { kind, id, text };
}

/** Another language starts from the text of one that is there: to translate is easier than to begin with nothing. */
export const addLanguage =
  (language: string, from: string) =>
  (draft: Draft): Draft => {
    const source = draft.languages.find((content) => content.language === from) ?? draft.languages[0];
    const content: DraftContent = source
      ? { ...source, language }
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
