import type { DraftButton, DraftCard, DraftContent } from "#flow/lint-template.ts";
import { allButtons } from "#flow/template.ts";
import { editLanguage, ofKind } from "./draft-edits.ts";
import type { Draft } from "./use-template-draft.ts";

type Header = DraftContent["header"];
type Media = "image" | "video";

/** An offer in every language; a footer has no place beside it. Words that a language has already stay. */
export const startOffer = (draft: Draft): Draft => ({
  ...draft,
  languages: draft.languages.map((content) => ({
    ...content,
    footer: null,
    buttons: content.buttons.filter((button) => button.kind !== "product"),
    header: content.header?.kind === "offer" ? content.header : { kind: "offer", text: "", hasEnd: true, media: null },
  })),
});

/** What an offer shows and whether it ends is one thing for all languages. */
export const setOffer =
  (part: { hasEnd?: boolean; media?: Media | null }) =>
  (draft: Draft): Draft => ({
    ...draft,
    languages: draft.languages.map((content) =>
      content.header?.kind === "offer" ? { ...content, header: { ...content.header, ...part } } : content,
    ),
  });

/** Two empty cards with a quick reply each in every language; buttons and footer have no place beside them. */
export const startCards = (draft: Draft): Draft => ({
  ...draft,
  languages: draft.languages.map((content) => ({
    ...content,
    footer: null,
    buttons: [],
    header:
      content.header?.kind === "cards"
        ? content.header
        : { kind: "cards", media: "image", cards: [firstCard(1), firstCard(2)] },
  })),
});

/** How far an order is, told in every language: nothing stands above the text then, and no button below it. */
export const startOrderStatus = (draft: Draft): Draft => ({
  ...draft,
  languages: draft.languages.map((content) => ({ ...content, header: { kind: "order-status" }, buttons: [] })),
});

const firstCard = (number: number): DraftCard => ({
  body: "",
  buttons: [{ kind: "quick-reply", id: `card-${number}-button-1`, text: "" }],
});

/** Leaves an offer, a product with its button, or cards in every language. */
export const leaveForHeader =
  (header: Header) =>
  (draft: Draft): Draft => ({
    ...draft,
    languages: draft.languages.map((content) => ({
      ...content,
      header,
      buttons: content.buttons.filter((button) => button.kind !== "product"),
    })),
  });

/** How many cards there are, their order and their buttons are one thing for all languages. */
const editCards =
  (edit: (cards: DraftCard[], language: string) => DraftCard[]) =>
  (draft: Draft): Draft => ({
    ...draft,
    languages: draft.languages.map((content) =>
      content.header?.kind === "cards"
        ? { ...content, header: { ...content.header, cards: edit(content.header.cards, content.language) } }
        : content,
    ),
  });

export const setCardMedia =
  (media: Media) =>
  (draft: Draft): Draft => ({
    ...draft,
    languages: draft.languages.map((content) =>
      content.header?.kind === "cards" ? { ...content, header: { ...content.header, media } } : content,
    ),
  });

export const setCardBody = (language: string, at: number, body: string) =>
  editLanguage(language, (content) =>
    content.header?.kind === "cards"
      ? {
          ...content,
          header: {
            ...content.header,
            cards: content.header.cards.map((card, index) => (index === at ? { ...card, body } : card)),
          },
        }
      : content,
  );

/** One more card of the same shape, whose buttons say what those of the last one say. */
export const addCard = (draft: Draft): Draft => {
  const fresh = freshIds(draft);
  const last = draft.languages.map(({ header }) => (header?.kind === "cards" ? header.cards.at(-1) : undefined))[0];
  const ids = (last?.buttons ?? []).map(() => fresh());
  return editCards((cards) => [
    ...cards,
    {
      body: "",
      buttons: (cards.at(-1)?.buttons ?? []).map((button, index) => ({ ...button, id: ids[index] ?? button.id })),
    },
  ])(draft);
};

export const removeCard = (at: number) => editCards((cards) => cards.filter((_, index) => index !== at));

/** One place to the left or right, in every language, with its buttons and their ways in flows; the file follows its place. */
export const moveCard = (at: number, by: -1 | 1) =>
  editCards((cards) => {
    const [moved, other] = [cards[at], cards[at + by]];
    if (!moved || !other) return cards;
    return cards.map((card, index) => (index === at ? other : index === at + by ? moved : card));
  });

/** WhatsApp wants the same buttons on every card: one more at the end of each. */
export const addCardButton =
  (kind: DraftButton["kind"]) =>
  (draft: Draft): Draft => {
    const fresh = freshIds(draft);
    const cards = draft.languages[0]?.header;
    const ids = cards?.kind === "cards" ? cards.cards.map(() => fresh()) : [];
    return editCards((all, language) =>
      all.map((card, index) => ({
        ...card,
        buttons: [...card.buttons, ofKind(kind, { id: ids[index] ?? fresh(), text: "" }, language)],
      })),
    )(draft);
  };

/** Changes the buttons of every card by their place. */
const editCardButtons = (edit: (buttons: DraftButton[], language: string) => DraftButton[]) =>
  editCards((cards, language) => cards.map((card) => ({ ...card, buttons: edit(card.buttons, language) })));

export const removeCardButton = (place: number) =>
  editCardButtons((buttons) => buttons.filter((_, index) => index !== place));

export const moveCardButton = (place: number, by: -1 | 1) =>
  editCardButtons((buttons) => {
    const [moved, other] = [buttons[place], buttons[place + by]];
    if (!moved || !other) return buttons;
    return buttons.map((button, index) => (index === place ? other : index === place + by ? moved : button));
  });

export const changeCardButtonKind = (place: number, kind: DraftButton["kind"]) =>
  editCardButtons((buttons, language) =>
    buttons.map((button, index) => (index === place ? ofKind(kind, button, language) : button)),
  );

/** Ids that no button of the draft has: they name buttons in flows, whatever card they stand on later. */
function freshIds(draft: Draft): () => string {
  const taken = new Set(draft.languages.flatMap((content) => allButtons(content).map((button) => button.id)));
  let number = 1;
  return () => {
    while (taken.has(`card-button-${number}`)) number += 1;
    const id = `card-button-${number}`;
    taken.add(id);
    return id;
  };
}
