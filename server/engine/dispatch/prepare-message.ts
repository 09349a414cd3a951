import { mediaKindOf, publicAddress } from "#flow/media-limits.ts";
import { codeVariable } from "#flow/preset-texts.ts";
import { productSections } from "#flow/product-list.ts";
import { addressEnd, offerEndOf, type Rendering, renderMessage } from "#flow/render-message.ts";
import {
  cardFile,
  hasNumbers,
  placeVariables,
  productsVariables,
  productVariables,
  templateVariables,
  variablesIn,
} from "#flow/template.ts";
import { orderReference, orderStatusVariable } from "#flow/template-order.ts";
import { orderDetails } from "#server/channels/order-details.ts";
import type { OutgoingMessage } from "#server/channels/outgoing-message.ts";
import type { OutgoingTemplate, TemplateButtonValue, TemplateValues } from "#server/channels/outgoing-template.ts";
import type { PriceCategory } from "#server/channels/prices/price-cards.ts";
import { randomCode } from "#server/secret.ts";
import type { Candidate, TemplateLanguage } from "./load-facts.ts";

/** Of a link: short enough for a message, and not to be guessed. */
const codeLength = 10;

/** A message made ready: what the person would read, what the channel gets, and the codes of its links by variable ("link.upload"). */
export type Prepared = Rendering & {
  language: string;
  outgoing: OutgoingMessage;
  /** What the provider charges it as, where known. */
  category?: PriceCategory;
  codes: Record<string, string>;
};

/** `knownCodes` are the link codes of an earlier attempt. */
export type Linking = { publicUrl: string; knownCodes: Record<string, string> };

/** The codes and addresses of those of these variables that are links. */
export function linksOf(variables: readonly string[], wanted: object, { publicUrl, knownCodes }: Linking) {
  const linked = variables.filter((variable) => Object.hasOwn(wanted, variable));
  const codes = Object.fromEntries(
    linked.map((variable) => [variable, knownCodes[variable] ?? randomCode(codeLength)]),
  );
  const links = Object.fromEntries(linked.map((variable) => [variable, `${publicUrl}/r/${codes[variable]}`]));
  return { codes, links };
}

/** A file that was put into the product has no host in its address. */
export const onOurServer = (
  values: Candidate["request"]["values"],
  publicUrl: string,
): Candidate["request"]["values"] =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value !== null && mediaKindOf(name) ? publicAddress(value, publicUrl) : value,
    ]),
  );

/** Fills a template for one person. */
export function prepareMessage(
  { request: asked }: Pick<Candidate, "request">,
  template: TemplateLanguage,
  { category, ...linking }: Linking & { category?: OutgoingTemplate["category"] },
): Prepared & { outgoing: OutgoingTemplate } {
  const request = { ...asked, values: onOurServer(asked.values, linking.publicUrl) };
  const { codes, links } = linksOf(templateVariables(template), request.links, linking);
  return {
    ...renderMessage(template, request.values, links),
    language: template.language,
    outgoing: { ...outgoingOf(request, template, codes), category },
    category,
    codes,
  };
}

type Request = Pick<Candidate["request"], "template" | "values">;

function outgoingOf(request: Request, template: TemplateLanguage, codes: Record<string, string>): OutgoingTemplate {
  const { language, header, body } = template;
  const isCode = template.buttons.some((button) => button.kind === "one-time-code");
  // An authentication text is the provider's own, and so its one variable has no name there.
  const isOrdered = isCode || hasNumbers(template);
  const given = { values: request.values, isOrdered };
  const buttonsOf = (buttons: TemplateLanguage["buttons"]) =>
    buttons.flatMap((button, index): OutgoingTemplate["buttons"] => {
      const value = buttonValue(button, { values: request.values, codes });
      return value === null ? [] : [{ index, ...value }];
    });
  return {
    kind: "template",
    name: request.template ?? "",
    language,
    header: headerOf(header, given),
    body: usedIn(body, given),
    buttons: buttonsOf(template.buttons),
    ...(header?.kind === "offer" && header.hasEnd && { offerEndsAt: offerEndOf(request.values) ?? 0 }),
    ...(header?.kind === "order-status" && {
      order: {
        reference: request.values[orderReference] ?? "",
        status: request.values[orderStatusVariable] ?? "",
      },
    }),
    ...(header?.kind === "cards" && {
      cards: header.cards.map((card, index) => ({
        header: mediaOf(header.media, request.values[cardFile(index, header.media)]),
        body: usedIn(card.body, given),
        buttons: buttonsOf(card.buttons),
      })),
    }),
  };
}

type WithoutPlace<Value> = Value extends { index: number } ? Omit<Value, "index"> : never;
type ButtonValue = WithoutPlace<TemplateButtonValue>;

/** What a button needs of this message; null: nothing. A form begins with its first screen and brings no data. */
function buttonValue(
  button: TemplateLanguage["buttons"][number],
  { values, codes }: { values: Request["values"]; codes: Record<string, string> },
): ButtonValue | null {
  switch (button.kind) {
    case "quick-reply":
      return { kind: "quick-reply", value: button.id };
    case "link":
      return { kind: "link", value: codes[`link.${button.id}`] ?? "" };
    case "url": {
      const [name] = variablesIn(button.url);
      return name === undefined ? null : { kind: "link", value: addressEnd(values[name] ?? "") };
    }
    case "coupon":
      return { kind: "coupon", value: values.coupon ?? "" };
    case "one-time-code":
      return { kind: "one-time-code", value: values[codeVariable] ?? "" };
    case "catalogue":
      return button.thumbnail ? { kind: "catalog", thumbnailProductId: button.thumbnail } : null;
    case "products": {
      const [thumbnail, list] = productsVariables.map((variable) => values[variable] ?? "");
      const sections = (productSections(list ?? "") ?? []).map(({ title, productIds }) => ({
        ...(title === null ? {} : { title }),
        productIds,
      }));
      return { kind: "products", thumbnailProductId: thumbnail, sections };
    }
    case "order":
      return { kind: "order", details: orderDetails(button, values) };
    case "phone":
    case "form":
    case "product":
    case "voice-call":
    case "contact-request":
      return null;
  }
}

type Given = { values: Request["values"]; isOrdered: boolean };

function headerOf(header: TemplateLanguage["header"], given: Given): OutgoingTemplate["header"] {
  const { values } = given;
  switch (header?.kind) {
    case undefined:
      return null;
    case "document":
      return { kind: "document", url: values.document ?? "", fileName: header.fileName };
    case "image":
    case "video":
      return mediaOf(header.kind, values[header.kind]);
    case "offer":
      return header.media && mediaOf(header.media, values[header.media]);
    case "cards":
    case "order-status":
      return null;
    case "location": {
      const [latitude, longitude, name, address] = placeVariables.map((variable) => values[variable] ?? "");
      return { kind: "location", latitude: Number(latitude), longitude: Number(longitude), name, address };
    }
    case "product": {
      const [catalogId = "", productId = ""] = productVariables.map((variable) => values[variable] ?? "");
      return { kind: "product", catalogId, productId };
    }
    case "text":
      return variablesIn(header.text).length > 0 ? { kind: "text", values: usedIn(header.text, given) } : null;
  }
}

const mediaOf = (type: "image" | "video", url: string | null | undefined) =>
  ({ kind: "media", type, media: { url: url ?? "" } }) as const;

/** The values of a text's variables: by name, or in the order of their numbers. */
function usedIn(text: string, { values, isOrdered }: Given): TemplateValues {
  const names = variablesIn(text);
  if (!isOrdered) return Object.fromEntries(names.map((name) => [name, values[name] ?? ""]));
  return names.toSorted((one, other) => Number(one) - Number(other)).map((name) => values[name] ?? "");
}
