import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import { checkButtons, kindsOf } from "./button-rules.ts";
import type { Template } from "./template.ts";
import { checkBody } from "./template-body-rules.ts";
import { TemplateComponent } from "./template-component.ts";
import { checkHeader } from "./template-header-rules.ts";

const Cards = z
  .array(z.looseObject({ components: z.array(TemplateComponent).min(1) }))
  .min(2)
  .max(10);

const cardTypes = ["HEADER", "BODY", "BUTTONS"];
const cardFormats = ["IMAGE", "VIDEO", "PRODUCT"];

const wrong = (details: string) => new GraphError(100, details);

/** Checks a CAROUSEL by section 4: 2 to 10 cards of one shape, each with a media header, a body of 160 at most, and buttons. */
export function checkCarousel(
  carousel: TemplateComponent,
  format: Template["parameterFormat"],
): "NONE" | "INVALID_FORMAT" {
  const parsed = Cards.safeParse(carousel.cards);
  if (!parsed.success) throw wrong("A carousel has 2 to 10 cards with components each.");
  const verdicts = parsed.data.map(({ components }) => checkCard(components, format));
  const shapes = new Set(parsed.data.map(({ components }) => shapeOf(components)));
  if (shapes.size > 1) throw wrong("All cards of a carousel must have the same components, formats and buttons.");
  return verdicts.find((verdict) => verdict !== "NONE") ?? "NONE";
}

function checkCard(components: TemplateComponent[], format: Template["parameterFormat"]): "NONE" | "INVALID_FORMAT" {
  for (const { type } of components)
    if (!cardTypes.includes(type)) throw wrong(`A card holds ${cardTypes.join(", ")} - got "${type}".`);
  const [header, body, buttons] = cardTypes.map((type) => {
    const found = components.filter((component) => component.type === type);
    if (found.length > 1) throw wrong(`A card holds ${found.length} of type ${type}, one allowed.`);
    return found[0];
  });
  if (!header || !cardFormats.includes(header.format ?? ""))
    throw wrong(`A card needs a header of format ${cardFormats.join(" or ")}.`);
  checkHeader(header, format);
  if (!body && header.format !== "PRODUCT") throw wrong("A card with media needs a body.");
  if (!buttons) throw wrong("A card needs 1 or 2 buttons.");
  checkButtons("MARKETING", buttons, { isCard: true });
  return body ? checkBody(body, format, 160) : "NONE";
}

const shapeOf = (components: TemplateComponent[]): string =>
  cardTypes
    .map((type) => components.find((component) => component.type === type))
    .map((component) => (component ? [component.type, component.format ?? "", kindsOf(component)].join(":") : ""))
    .join("|");
