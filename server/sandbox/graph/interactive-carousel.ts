import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import type { RenderedButton, RenderedCard } from "../rendered.ts";
import { check } from "./check.ts";
import {
  assertDistinct,
  assertNoIpAddress,
  body,
  CardHeader,
  headerOf,
  type ShownInteractive,
  text,
  WebAddress,
} from "./interactive-parts.ts";

const QuickReply = z.looseObject({
  type: z.literal("quick_reply"),
  quick_reply: z.looseObject({ id: text(256), title: text(20) }),
});
const CtaAction = z.looseObject({
  name: z.literal("cta_url"),
  parameters: z.looseObject({ display_text: text(20), url: WebAddress.max(2000) }),
});
const RepliesAction = z.looseObject({ buttons: z.array(QuickReply).min(1).max(2) });
const ProductAction = z.looseObject({
  catalog_id: z.coerce.string().min(1),
  product_retailer_id: z.coerce.string().min(1),
});

const Card = z.looseObject({
  card_index: z.number().int().min(0).max(9),
  type: z.enum(["cta_url", "quick_reply", "button", "product"]).optional(),
  header: CardHeader.optional(),
  body: body(160).optional(),
  action: z.looseObject({}),
});
type Card = z.infer<typeof Card>;

const Carousel = z.looseObject({
  body: body(1024),
  action: z.looseObject({ cards: z.array(Card).min(2).max(10) }),
});

/** Cards beside each other, all of one shape: with a link, with up to two replies, or with a product each (section 3.2). */
export function renderCarousel(interactive: unknown): ShownInteractive {
  const message = check(Carousel, interactive, "interactive");
  const { cards } = message.action;
  const indexes = cards.map((card) => card.card_index).sort((a, b) => a - b);
  if (indexes.some((index, position) => index !== position))
    throw new GraphError(131009, "Parameter 'interactive.action.cards.card_index' must count from 0 without gaps");
  const shown = cards.toSorted((a, b) => a.card_index - b.card_index).map(cardOf);
  const shapes = new Set(shown.map(shapeOf));
  if (shapes.size > 1)
    throw new GraphError(131009, "All cards of 'interactive.action.cards' must have the same header and buttons");
  const replies = shown.flatMap((card) => card.buttons.flatMap((button) => button.id ?? []));
  assertDistinct(replies, "button ids");
  return { body: message.body.text, rendered: { header: null, footer: null, buttons: [], cards: shown } };
}

const shapeOf = (card: RenderedCard): string =>
  JSON.stringify([card.header?.kind ?? null, card.buttons.map((button) => button.kind)]);

function cardOf(card: Card): RenderedCard {
  const at = `interactive.action.cards.${card.card_index}`;
  if (card.type === "product" || "product_retailer_id" in card.action) {
    const { catalog_id: catalogId, product_retailer_id: retailerId } = check(
      ProductAction,
      card.action,
      `${at}.action`,
    );
    return {
      header: { kind: "product", product: { retailerId, catalogId } },
      body: null,
      buttons: [{ kind: "spm", text: "View" }],
    };
  }
  if (!card.header) throw new GraphError(131008, `Required parameter '${at}.header' is missing`);
  return { header: headerOf(card.header), body: card.body?.text ?? null, buttons: buttonsOf(card, `${at}.action`) };
}

function buttonsOf(card: Card, at: string): RenderedButton[] {
  if ("buttons" in card.action)
    return check(RepliesAction, card.action, at).buttons.map(({ quick_reply }) => ({
      kind: "reply",
      text: quick_reply.title,
      id: quick_reply.id,
    }));
  const { display_text, url } = check(CtaAction, card.action, at).parameters;
  assertNoIpAddress(url, `${at}.parameters.url`);
  return [{ kind: "url", text: display_text, url }];
}
