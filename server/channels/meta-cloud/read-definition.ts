import { z } from "zod";
import type { DraftContent } from "#flow/lint-template.ts";
import { presetTexts } from "#flow/preset-texts.ts";
import { isNumber, type TemplateCategory, variablesIn } from "#flow/template.ts";
import { type Place, readButton, text, upper } from "./read-button.ts";

const Component = z.looseObject({
  type: z.preprocess(upper, z.string()),
  format: z.preprocess(upper, z.string().default("TEXT")),
  text,
  add_security_recommendation: z.boolean().default(false),
  code_expiration_minutes: z.number().nullable().default(null),
  buttons: z.array(z.unknown()).default([]),
  limited_time_offer: z.looseObject({ text, has_expiration: z.boolean().default(false) }).optional(),
  cards: z.array(z.looseObject({ components: z.array(z.unknown()) })).default([]),
  example: z.unknown().optional(),
});
type Component = z.infer<typeof Component>;

const Definition = z.looseObject({
  name: text,
  language: text,
  sub_category: z.preprocess(upper, text),
  category: z.preprocess(upper, z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"])),
  components: z.array(Component),
});

export type ReadDefinition = {
  name: string;
  category: TemplateCategory;
  content: DraftContent;
  samples: Record<string, string>;
};

/**
 * A template as Meta's management API takes and lists it, in our words. Null: it is none, or it holds what we have no words for
 * (requests to be called, cards of products).
 */
export function readDefinition(value: unknown): ReadDefinition | null {
  const parsed = Definition.safeParse(value);
  if (!parsed.success) return null;
  const { name, language, components } = parsed.data;
  const category = parsed.data.category.toLowerCase() as TemplateCategory;
  const known = new Set(["HEADER", "BODY", "FOOTER", "BUTTONS", "LIMITED_TIME_OFFER", "CAROUSEL"]);
  if (components.some(({ type }) => !known.has(type))) return null;
  const part = (type: string) => components.find((component) => component.type === type);
  const buttons = (part("BUTTONS")?.buttons ?? []).map((button, index) =>
    readButton(button, { index, language, part }),
  );
  const cards = readCards(part("CAROUSEL"), { language, part });
  const plainHeader = readHeader(part("HEADER"));
  const offer = readOffer(part("LIMITED_TIME_OFFER"), plainHeader);
  const isStatus = parsed.data.sub_category === "ORDER_STATUS" && plainHeader === null;
  const besideHeader = isStatus ? ({ kind: "order-status" } as const) : plainHeader;
  const header = cards ? cards.header : offer === undefined ? besideHeader : offer;
  if (cards === null || header === undefined || buttons.includes(null)) return null;
  const found = buttons.filter((button) => button !== null);
  const preset = category === "authentication" ? presetTexts(language) : null;
  const minutes = part("FOOTER")?.code_expiration_minutes ?? null;
  const content: DraftContent = {
    language,
    header,
    body: preset?.body(part("BODY")?.add_security_recommendation ?? false) ?? part("BODY")?.text ?? "",
    footer: preset ? preset.footer(minutes) : part("FOOTER")?.text || null,
    buttons: found.map(({ button }) => button),
  };
  const ofButtons: Record<string, string> = Object.assign({}, ...found.map((one) => one.samples), cards?.samples);
  const own = { content, ofHeader: samplesOf(part("HEADER")), ofBody: samplesOf(part("BODY")) };
  const { samples, ...read } = apart(own);
  return { name, category, ...read, samples: { ...ofButtons, ...samples } };
}

/** Undefined: it is no offer, or its header is of a kind that no offer has. */
function readOffer(
  component: Component | undefined,
  header: DraftContent["header"] | undefined,
): DraftContent["header"] | undefined {
  const told = component?.limited_time_offer;
  if (!told) return undefined;
  const media = header?.kind === "image" || header?.kind === "video" ? header.kind : null;
  return { kind: "offer", text: told.text, hasEnd: told.has_expiration, media };
}

type Cards = { header: DraftContent["header"] & { kind: "cards" }; samples: Record<string, string> };

/** The cards of a carousel with pictures or films; undefined: there is none; null: it holds what we have no words for. */
function readCards(
  carousel: Component | undefined,
  { language, part }: Omit<Place, "index">,
): Cards | null | undefined {
  if (!carousel) return undefined;
  const cards = carousel.cards.map(({ components }, at) => {
    const parsed = z.array(Component).safeParse(components);
    const of = (type: string) => parsed.data?.find((component) => component.type === type);
    const media = readHeader(of("HEADER"))?.kind;
    const buttons = (of("BUTTONS")?.buttons ?? []).map((button, index) =>
      readButton(button, { index, language, part, card: at + 1 }),
    );
    const text = withNames(of("BODY")?.text ?? "", samplesOf(of("BODY")), `card_${at + 1}`);
    return { media, buttons: buttons.filter((button) => button !== null), isWhole: !buttons.includes(null), text };
  });
  const media = cards[0]?.media;
  if ((media !== "image" && media !== "video") || cards.some((card) => card.media !== media || !card.isWhole))
    return null;
  return {
    header: {
      kind: "cards",
      media,
      cards: cards.map((card) => ({ body: card.text.words, buttons: card.buttons.map(({ button }) => button) })),
    },
    samples: Object.assign(
      {},
      ...cards.flatMap((card) => [card.text.samples, ...card.buttons.map((one) => one.samples)]),
    ),
  };
}

/** Undefined: a kind that we do not have. */
function readHeader(header: Component | undefined): DraftContent["header"] | undefined {
  switch (header?.format) {
    case undefined:
      return null;
    case "TEXT":
      return { kind: "text", text: header.text };
    case "IMAGE":
      return { kind: "image" };
    case "VIDEO":
      return { kind: "video" };
    case "LOCATION":
      return { kind: "location" };
    case "PRODUCT":
      return { kind: "product" };
    case "DOCUMENT":
      return { kind: "document", fileName: "document.pdf" };
    default:
      return undefined;
  }
}

const Named = z.array(z.looseObject({ param_name: z.string(), example: z.string() }));
const Example = z.looseObject({
  header_text: z.array(z.string()).optional(),
  body_text: z.union([z.array(z.array(z.string())), z.array(z.string())]).optional(),
  header_text_named_params: Named.optional(),
  body_text_named_params: Named.optional(),
});

function samplesOf(component: Component | undefined): Record<string, string> {
  const parsed = Example.safeParse(component?.example);
  if (!parsed.success) return {};
  const { header_text, body_text, header_text_named_params, body_text_named_params } = parsed.data;
  const inOrder = header_text ?? body_text?.flat() ?? [];
  const named = header_text_named_params ?? body_text_named_params ?? [];
  return Object.fromEntries([
    ...inOrder.map((sample, index) => [String(index + 1), sample] as const),
    ...named.map(({ param_name, example }) => [param_name, example] as const),
  ]);
}

type Apart = { content: DraftContent; ofHeader: Record<string, string>; ofBody: Record<string, string> };

/** Meta counts header and body each from 1; here a name means one thing, so where both count, both get names. */
function apart({ content, ofHeader, ofBody }: Apart): Pick<ReadDefinition, "content" | "samples"> {
  const { header, body } = content;
  const isCounted = (words: string) => variablesIn(words).some(isNumber);
  if (header?.kind === "cards" && header.cards.some((card) => variablesIn(card.body).length > 0)) {
    const { words, samples } = withNames(body, ofBody, "value");
    return { content: { ...content, body: words }, samples };
  }
  if (header?.kind !== "text" || !isCounted(header.text) || !isCounted(body))
    return { content, samples: { ...ofHeader, ...ofBody } };
  const first = withNames(header.text, ofHeader, "header");
  const second = withNames(body, ofBody, "value");
  return {
    content: { ...content, header: { kind: "text", text: first.words }, body: second.words },
    samples: { ...first.samples, ...second.samples },
  };
}

/** A text whose numbers have become names ("card_1_2"); one that has names already stays. */
function withNames(text: string, samples: Record<string, string>, prefix: string) {
  const nameOf = (name: string) => (isNumber(name) ? `${prefix}_${name}` : name);
  return {
    words: text.replace(/\{\{(\d+)\}\}/g, `{{${prefix}_$1}}`),
    samples: Object.fromEntries(Object.entries(samples).map(([name, sample]) => [nameOf(name), sample])),
  };
}
