import type { InteractiveHeader, Order, OutgoingInteractive } from "../outgoing-message.ts";
import { mediaNode } from "./send-media.ts";
import { sectionNode } from "./send-template.ts";

/** The `interactive` object of a message (Cloud API, "Interactive messages"). What is undefined is left out of the JSON. */
export function interactiveNode(message: OutgoingInteractive): object {
  return {
    type: types[message.kind],
    ...("header" in message && message.header ? { header: headerNode(message.header) } : {}),
    // Meta refuses an empty body, and a single product needs none.
    ...(message.body === "" ? {} : { body: { text: message.body } }),
    ...("footer" in message && message.footer ? { footer: { text: message.footer } } : {}),
    action: actionOf(message),
  };
}

const types: Record<OutgoingInteractive["kind"], string> = {
  buttons: "button",
  list: "list",
  link: "cta_url",
  flow: "flow",
  "location-request": "location_request_message",
  "contact-request": "request_contact_info",
  "address-request": "address_message",
  product: "product",
  products: "product_list",
  catalog: "catalog_message",
  order: "order_details",
  "order-status": "order_status",
};

function headerNode(header: InteractiveHeader): object {
  if (header.kind === "text") return { type: "text", text: header.text };
  const more = header.kind === "document" ? { filename: header.fileName } : {};
  return { type: header.kind, [header.kind]: mediaNode(header.media, more) };
}

function actionOf(message: OutgoingInteractive): object {
  switch (message.kind) {
    case "buttons":
      return { buttons: message.buttons.map(({ id, title }) => ({ type: "reply", reply: { id, title } })) };
    case "list":
      return { button: message.button, sections: message.sections };
    case "link":
      return { name: "cta_url", parameters: { display_text: message.label, url: message.url } };
    case "flow":
      return { name: "flow", parameters: flowParameters(message) };
    case "location-request":
      return { name: "send_location" };
    case "contact-request":
      return { name: "request_contact_info" };
    case "address-request":
      return { name: "address_message", parameters: { country: message.country, values: message.values } };
    case "product":
      return { catalog_id: message.catalogId, product_retailer_id: message.productId };
    case "products":
      return { catalog_id: message.catalogId, sections: message.sections.map(sectionNode) };
    case "catalog": {
      const parameters = { thumbnail_product_retailer_id: message.thumbnailProductId };
      return { name: "catalog_message", ...(message.thumbnailProductId === undefined ? {} : { parameters }) };
    }
    case "order":
      return { name: "review_and_pay", parameters: orderParameters(message.order) };
    case "order-status": {
      const { reference, status, description } = message;
      return { name: "review_order", parameters: { reference_id: reference, order: { status, description } } };
    }
  }
}

function flowParameters({ flow, label, token, isDraft, start }: OutgoingInteractive & { kind: "flow" }): object {
  return {
    flow_message_version: "3",
    flow_token: token,
    ...("id" in flow ? { flow_id: flow.id } : { flow_name: flow.name }),
    flow_cta: label,
    mode: isDraft ? "draft" : undefined,
    flow_action: start ? "navigate" : "data_exchange",
    // Meta refuses empty data.
    flow_action_payload: start && {
      screen: start.screen,
      data: start.data && Object.keys(start.data).length > 0 ? start.data : undefined,
    },
  };
}

const money = (value: number) => ({ value, offset: 100 });

/** The sums are ours to make: Meta refuses an order whose total is not subtotal + tax + shipping - discount. */
function orderParameters({ items, taxMinor, shippingMinor, discountMinor, payment, ...order }: Order): object {
  const subtotal = items.reduce((sum, item) => sum + (item.saleAmountMinor ?? item.amountMinor) * item.quantity, 0);
  const total = subtotal + taxMinor + (shippingMinor ?? 0) - (discountMinor ?? 0);
  return {
    reference_id: order.reference,
    type: `${order.goods}-goods`,
    currency: order.currency,
    total_amount: money(total),
    ...("settings" in payment
      ? { payment_settings: payment.settings }
      : { payment_configuration: payment.configuration, payment_type: payment.type }),
    order: {
      status: "pending",
      items: items.map(({ id, name, amountMinor, quantity, saleAmountMinor }) => ({
        retailer_id: id,
        name,
        amount: money(amountMinor),
        quantity,
        sale_amount: saleAmountMinor === undefined ? undefined : money(saleAmountMinor),
      })),
      subtotal: money(subtotal),
      tax: money(taxMinor),
      shipping: shippingMinor === undefined ? undefined : money(shippingMinor),
      discount: discountMinor === undefined ? undefined : money(discountMinor),
    },
  };
}
