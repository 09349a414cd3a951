import { z } from "zod";
import { GraphError } from "../graph-error.ts";
import { checkButtons, kindsOf } from "./button-rules.ts";
import type { Template } from "./template.ts";
import { checkAuthentication } from "./template-authentication-rules.ts";
import { checkBody } from "./template-body-rules.ts";
import { checkCarousel } from "./template-carousel-rules.ts";
import type { TemplateComponent } from "./template-component.ts";
import { templateError } from "./template-error.ts";
import { checkHeader } from "./template-header-rules.ts";

const types = [
  "HEADER",
  "BODY",
  "FOOTER",
  "BUTTONS",
  "CAROUSEL",
  "LIMITED_TIME_OFFER",
  "CALL_PERMISSION_REQUEST",
] as const;

type Parts = Partial<Record<(typeof types)[number], TemplateComponent>>;

/** Checks all components of a template together. Throws what is refused at once; answers the reason the review will give. */
export function checkComponents(
  { category, subCategory, parameterFormat: format }: Pick<Template, "category" | "subCategory" | "parameterFormat">,
  components: TemplateComponent[],
): "NONE" | "INVALID_FORMAT" {
  const parts = partsOf(components);
  const { HEADER: header, BODY: body, FOOTER: footer, LIMITED_TIME_OFFER: offer, CAROUSEL: carousel } = parts;
  if (!body) throw templateError(2388072, "Message template body is missing", "A template needs exactly one body.");
  if (category === "AUTHENTICATION") {
    checkAuthentication(components);
    checkButtons(category, parts.BUTTONS);
    return "NONE";
  }
  if (category !== "MARKETING" && (carousel || offer))
    throw new GraphError(100, "Carousels and limited-time offers are for the category MARKETING.");
  checkButtons(category, parts.BUTTONS, { isOffer: offer !== undefined });
  if (offer) checkOffer(offer, parts);
  if (header) checkHeader(header, format);
  if (header?.format === "PRODUCT" && kindsOf(parts.BUTTONS) !== "SPM")
    throw new GraphError(100, "A header of format PRODUCT needs a button of type SPM.");
  if (header?.format !== "PRODUCT" && kindsOf(parts.BUTTONS).includes("SPM"))
    throw new GraphError(100, "A button of type SPM needs a header of format PRODUCT.");
  checkOrder({ category, subCategory }, parts);
  if (footer) checkFooter(footer);
  const verdict = checkBody(body, format, offer ? 600 : header?.format === "PRODUCT" ? 160 : 1024);
  if (!carousel) return verdict;
  if (header || footer || parts.BUTTONS)
    throw new GraphError(100, "Beside a carousel a template has only a body: header and buttons belong to the cards.");
  const ofCards = checkCarousel(carousel, format);
  return verdict === "NONE" ? ofCards : verdict;
}

function partsOf(components: TemplateComponent[]): Parts {
  const parts: Parts = {};
  for (const component of components) {
    const type = types.find((known) => known === component.type);
    if (!type)
      throw new GraphError(100, `Param components.type must be one of ${types.join(", ")} - got "${component.type}".`);
    if (parts[type]) throw new GraphError(100, `Param components holds several of type ${type}, one allowed.`);
    parts[type] = component;
  }
  return parts;
}

/** An order to pay has a text, a picture or a document above it; what tells how far one is, a body and a footer only. */
function checkOrder({ category, subCategory }: Pick<Template, "category" | "subCategory">, parts: Parts): void {
  const { HEADER: header, BUTTONS: buttons } = parts;
  const format = header?.format ?? "NONE";
  if (kindsOf(buttons).includes("ORDER_DETAILS") && !["NONE", "TEXT", "IMAGE", "DOCUMENT"].includes(format))
    throw new GraphError(100, "The header of an order is a text, an image or a document.");
  if (subCategory !== "ORDER_STATUS") return;
  if (category !== "UTILITY") throw new GraphError(100, "Templates of the sub-category ORDER_STATUS are UTILITY.");
  if (header || buttons)
    throw new GraphError(100, "Templates of the sub-category ORDER_STATUS have a body and a footer.");
}

const Offer = z.looseObject({ text: z.string().min(1).max(16), has_expiration: z.boolean().optional() });

function checkOffer(offer: TemplateComponent, { HEADER: header, FOOTER: footer }: Parts): void {
  if (!Offer.safeParse(offer.limited_time_offer).success)
    throw new GraphError(100, "limited_time_offer needs a text of at most 16 characters.");
  if (footer) throw templateError(2388073, "Footer is not allowed", "A limited-time offer has no footer.");
  if (header && header.format !== "IMAGE" && header.format !== "VIDEO")
    throw templateError(
      2388047,
      "Message header format is incorrect",
      "The header of an offer is an image or a video.",
    );
}

function checkFooter(footer: TemplateComponent): void {
  const { text } = footer;
  if (!text) throw templateError(2388073, "Footer is empty", "A footer needs text.");
  if (text.length > 60) throw templateError(2388040, "Footer is too long", "A footer has at most 60 characters.");
  if (text.includes("{{")) throw templateError(2388073, "Footer has a variable", "A footer has no variables.");
}
