import type { DraftContent } from "../lint-template.ts";
import type { TemplateCategory } from "../template.ts";
import { type PayBy, waysToPay } from "../template-order.ts";
import { error, type Local, those } from "./finding.ts";

const besideOrder: readonly (string | undefined)[] = [undefined, "text", "image", "document"];

/** An order to pay, and how far one is (Cloud API, "Send order details template message" and "Send order status template message"). */
export function lintOrder(category: TemplateCategory, { header, buttons }: DraftContent): Local[] {
  const hasOrder = buttons.some(({ kind }) => kind === "order");
  const isStatus = header?.kind === "order-status";
  return [
    ...those(
      [hasOrder && !isStatus && !besideOrder.includes(header?.kind), error("order-header", "header")],
      [isStatus && category !== "utility", error("utility-only", "header")],
      [isStatus && buttons.length > 0, error("order-status-alone", "buttons")],
    ),
    ...buttons.flatMap((button, index) =>
      button.kind === "order"
        ? those([
            !waysToPay[button.currency].includes(button.payBy.kind) || lacksAccount(button.payBy),
            error("order-payment", `buttons.${index}`),
          ])
        : [],
    ),
  ];
}

/** Whether it is not said yet who is paid. */
const lacksAccount = (payBy: PayBy): boolean =>
  payBy.kind === "configuration"
    ? payBy.name.trim() === ""
    : payBy.kind === "pix" && (payBy.merchant.trim() === "" || payBy.key.trim() === "");
