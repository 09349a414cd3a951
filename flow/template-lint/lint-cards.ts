import type { DraftButton, DraftContent } from "../lint-template.ts";
import { isNumber, type TemplateCategory, variablesIn } from "../template.ts";
import { templateLimits } from "../template-limits.ts";
import { error, type Local, those } from "./finding.ts";
import { lintButtons } from "./lint-buttons.ts";
import { lintBody } from "./lint-texts.ts";

/** A limited-time offer (Meta, "Limited-time offer templates"): marketing, a short line, and no footer. */
export function lintOffer(category: TemplateCategory, { header, footer }: DraftContent): Local[] {
  if (header?.kind !== "offer") return [];
  const { length } = header.text;
  return those(
    [category !== "marketing", error("marketing-only", "header", { kind: "offer" })],
    [header.text.trim() === "", error("offer-empty", "header")],
    [length > templateLimits.offer, error("offer-too-long", "header", { length, limit: templateLimits.offer })],
    [footer !== null, error("footer-beside-offer", "footer")],
  );
}

const cardKinds: readonly DraftButton["kind"][] = ["quick-reply", "link", "url", "phone"];

/** A carousel (Meta, "Media card carousel templates"): marketing, 2 to 10 cards of one shape, and beside them only a body. */
export function lintCards(
  category: TemplateCategory,
  { header, footer, buttons }: DraftContent,
  samples: Record<string, string>,
): Local[] {
  if (header?.kind !== "cards") return [];
  const { cards } = header;
  const kindsOf = (card: (typeof cards)[number] | undefined) =>
    card?.buttons.map(({ kind }) => kindAtWhatsApp(kind)).join();
  return [
    ...those(
      [category !== "marketing", error("marketing-only", "header", { kind: "cards" })],
      [
        cards.length < templateLimits.fewestCards || cards.length > templateLimits.cards,
        error("cards-count", "header", {
          count: cards.length,
          fewest: templateLimits.fewestCards,
          most: templateLimits.cards,
        }),
      ],
      [footer !== null || buttons.length > 0, error("cards-alone", footer === null ? "buttons" : "footer")],
    ),
    ...cards.flatMap((card, index) => [
      ...lintCard(card, `cards.${index}`, samples),
      ...those([kindsOf(card) !== kindsOf(cards[0]), error("cards-differ", `cards.${index}`)]),
    ]),
  ];
}

/** A tracked link and an address of one's own are one kind to WhatsApp. */
const kindAtWhatsApp = (kind: DraftButton["kind"]): string => (kind === "link" ? "url" : kind);

function lintCard(
  { body, buttons }: { body: string; buttons: DraftButton[] },
  field: string,
  samples: Record<string, string>,
): Local[] {
  const { cardButtons } = templateLimits;
  return [
    ...lintBody(body, samples, { field, limit: templateLimits.cardBody }),
    ...those(
      // WhatsApp counts the variables of each card anew, so that a number would mean something else on each.
      [variablesIn(body).some(isNumber), error("card-numbers", field)],
      [buttons.length < 1 || buttons.length > cardButtons, error("card-buttons", field, { limit: cardButtons })],
    ),
    ...lintButtons(buttons).map((found) => ({ ...found, field: `${field}.${found.field}` })),
    ...buttons.flatMap((button, index) =>
      cardKinds.includes(button.kind) ? [] : [error("card-button-kind", `${field}.buttons.${index}`)],
    ),
  ];
}
