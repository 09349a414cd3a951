import type {
  OutgoingTemplate,
  TemplateButtonValue,
  TemplateCard,
  TemplateHeaderValues,
  TemplateValue,
  TemplateValues,
} from "../outgoing-template.ts";
import { mediaNode } from "./send-media.ts";

/** The `template` object of a message (Cloud API, "Send message templates"): components only where there is something to fill in. */
export function templateNode({ name, language, offerEndsAt, cards, order, ...parts }: OutgoingTemplate): object {
  const components = [
    ...headerAndBody(parts),
    ...(offerEndsAt === undefined ? [] : [offerComponent(offerEndsAt)]),
    ...(cards === undefined ? [] : [{ type: "carousel", cards: cards.map(cardNode) }]),
    ...(order === undefined ? [] : [orderComponent(order)]),
    ...parts.buttons.map(buttonComponent),
  ];
  return { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) };
}

const cardNode = (card: TemplateCard, index: number): object => ({
  card_index: index,
  components: [...headerAndBody(card), ...card.buttons.map(buttonComponent)],
});

function headerAndBody({ header, body }: { header: TemplateHeaderValues | null; body: TemplateValues }): object[] {
  const parameters = parametersOf(body);
  return [
    ...(header ? [{ type: "header", parameters: headerParameters(header) }] : []),
    ...(parameters.length > 0 ? [{ type: "body", parameters }] : []),
  ];
}

function headerParameters(header: TemplateHeaderValues): object[] {
  switch (header.kind) {
    case "text":
      return parametersOf(header.values);
    case "document":
      return [{ type: "document", document: { link: header.url, filename: header.fileName } }];
    case "media": {
      const { type, media, fileName } = header;
      return [{ type, [type]: mediaNode(media, type === "document" ? { filename: fileName } : {}) }];
    }
    case "location": {
      const { kind, ...location } = header;
      return [{ type: kind, location }];
    }
    case "product":
      return [{ type: "product", product: { catalog_id: header.catalogId, product_retailer_id: header.productId } }];
  }
}

const offerComponent = (endsAt: number): object => ({
  type: "limited_time_offer",
  parameters: [{ type: "limited_time_offer", limited_time_offer: { expiration_time_ms: endsAt } }],
});

const orderComponent = ({ reference, status }: NonNullable<OutgoingTemplate["order"]>): object => ({
  type: "order_status",
  parameters: [{ type: "order_status", order_status: { reference_id: reference, order: { status } } }],
});

function buttonComponent(button: TemplateButtonValue): object {
  const of = (sub_type: string, parameter: object | null) => ({
    type: "button",
    sub_type,
    index: String(button.index),
    ...(parameter ? { parameters: [parameter] } : {}),
  });
  const action = (of: object) => ({ type: "action", action: of });
  switch (button.kind) {
    case "quick-reply":
      return of("quick_reply", { type: "payload", payload: button.value });
    // A one-time code travels as the end of its button's link.
    case "link":
    case "one-time-code":
      return of("url", { type: "text", text: button.value });
    case "coupon":
      return of("copy_code", { type: "coupon_code", coupon_code: button.value });
    case "flow":
      return of("flow", action({ flow_token: button.token, ...(button.data && { flow_action_data: button.data }) }));
    case "catalog": {
      const { thumbnailProductId: thumbnail } = button;
      return of("catalog", thumbnail === undefined ? null : action({ thumbnail_product_retailer_id: thumbnail }));
    }
    case "products":
      return of(
        "mpm",
        action({
          thumbnail_product_retailer_id: button.thumbnailProductId,
          sections: button.sections.map(sectionNode),
        }),
      );
    case "order":
      return of("order_details", action({ order_details: button.details }));
  }
}

/** A section of products, in templates and messages alike. */
export const sectionNode = ({ title, productIds }: { title?: string; productIds: string[] }): object => ({
  title,
  product_items: productIds.map((product_retailer_id) => ({ product_retailer_id })),
});

const parametersOf = (values: TemplateValues): object[] =>
  isInOrder(values)
    ? values.map(parameterOf)
    : Object.entries(values).map(([name, value]) => ({ ...parameterOf(value), parameter_name: name }));

const isInOrder = (values: TemplateValues): values is readonly TemplateValue[] => Array.isArray(values);

function parameterOf(value: TemplateValue): object {
  if (typeof value === "string") return { type: "text", text: onOneLine(value) };
  if (value.kind === "date-time") return { type: "date_time", date_time: { fallback_value: value.shown } };
  const { shown, code, amountThousandths } = value;
  return { type: "currency", currency: { fallback_value: shown, code, amount_1000: amountThousandths } };
}

// Meta refuses values with line breaks, tabs or more than four spaces in a row.
const onOneLine = (value: string): string => value.replace(/\s*[\r\n\t]+\s*/g, " ").replace(/ {5,}/g, "    ");
