import type { JsonObject } from "#flow/json.ts";
import {
  type OrderCurrency,
  type OrderLine,
  orderLines,
  orderLinesVariable,
  orderReference,
  orderTotalMinor,
  type PayBy,
} from "#flow/template-order.ts";

export type OrderButton = { currency: OrderCurrency; payBy: PayBy };

/**
 * An order as a message's action parameters hold it (Cloud API, "Payments": order_details). Prices hold their taxes, so that the tax is
 * none and the total the sum of the lines.
 */
export function orderDetails(
  { currency, payBy }: OrderButton,
  values: Readonly<Record<string, string | null>>,
): JsonObject {
  const lines = orderLines(values[orderLinesVariable] ?? "") ?? [];
  const total = amount(orderTotalMinor(lines));
  return {
    reference_id: values[orderReference] ?? "",
    type: "digital-goods",
    currency,
    total_amount: total,
    ...payment(payBy, values[`order.${payBy.kind}`] ?? ""),
    order: { status: "pending", items: lines.map(item), subtotal: total, tax: amount(0) },
  };
}

const amount = (value: number): JsonObject => ({ value, offset: 100 });

const item = ({ name, quantity, amountMinor }: OrderLine, index: number): JsonObject => ({
  retailer_id: String(index + 1),
  name,
  quantity,
  amount: amount(amountMinor),
});

function payment(payBy: PayBy, value: string): JsonObject {
  switch (payBy.kind) {
    case "configuration":
      return { payment_configuration: payBy.name };
    case "link":
      return { payment_settings: [{ type: "payment_link", payment_link: { uri: value } }] };
    case "pix": {
      const { merchant, key, keyType } = payBy;
      const code = { code: value, merchant_name: merchant, key, key_type: keyType };
      return { payment_settings: [{ type: "pix_dynamic_code", pix_dynamic_code: code }] };
    }
    case "boleto":
      return { payment_settings: [{ type: "boleto", boleto: { digitable_line: value } }] };
  }
}
