"use client";

import { Package, ShoppingBag, Store } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import type { RenderedBill } from "#flow/render-message.ts";
import type { OrderView, ProductsView } from "./message-view.ts";

type OrderBlockProps = { order: OrderView; isOwn: boolean };

/** An order in the chat: its lines, what comes on top, the total; or only how far it is. */
export function OrderBlock({ order, isOwn }: OrderBlockProps) {
  const t = useTranslations("phone.order");
  const format = useFormatter();
  const money = (amount: number) => format.number(amount, { style: "currency", currency: order.currency });
  const statusWords = order.status && t.has(`status.${order.status}`) ? t(`status.${order.status}`) : order.status;
  return (
    <div
      className={cn("-mx-1.5 mb-1.5 rounded-sm px-2.5 py-2", isOwn ? "bg-wa-attachment-outgoing" : "bg-wa-attachment")}
    >
      <p className="flex items-center gap-1.5 font-medium">
        <Package aria-hidden className="size-4 shrink-0 text-wa-accent" />
        <span className="min-w-0 flex-1 truncate">
          {order.reference === "" ? t("untitled") : t("title", { reference: order.reference })}
        </span>
      </p>
      {statusWords ? <p className="text-[11.5px] text-wa-secondary leading-4">{statusWords}</p> : null}
      {order.status === null && order.total === null ? (
        <p className="text-[11.5px] text-wa-secondary leading-4">{t("chosenLater")}</p>
      ) : null}
      {order.items.length > 0 ? (
        <dl className="mt-1.5 space-y-1 border-wa-tick/30 border-t pt-1.5 text-xs">
          {order.items.map((item) => (
            <div key={item.name} className="flex gap-2">
              <dt className="min-w-0 flex-1">
                <span className="block truncate">{item.name}</span>
                <span className="block text-[11px] text-wa-secondary leading-4">
                  {t("quantity", { count: item.quantity })}
                </span>
              </dt>
              <dd className="tabular shrink-0">{money(item.amount * item.quantity)}</dd>
            </div>
          ))}
          {order.sums.map(({ kind, amount }) => (
            <div key={kind} className="flex gap-2 text-wa-secondary">
              <dt className="flex-1">{t(kind)}</dt>
              <dd className="tabular">{money(kind === "discount" ? -amount : amount)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {order.total === null ? null : (
        <p className="mt-1.5 flex gap-2 border-wa-tick/30 border-t pt-1.5 font-semibold">
          <span className="flex-1">{t("total")}</span>
          <span className="tabular">{money(order.total)}</span>
        </p>
      )}
    </div>
  );
}

/** An order as the flow language has it, whose amounts are in hundredths. */
export const orderOfBill = ({ reference, currency, status, lines, totalMinor }: RenderedBill): OrderView => ({
  ...{ reference, currency, status },
  items: lines.map(({ name, quantity, amountMinor }) => ({ name, quantity, amount: amountMinor / 100 })),
  sums: [],
  total: totalMinor === null ? null : totalMinor / 100,
});

/** Goods that a message offers: one, several, or the whole catalogue. Their pictures and prices live with Meta. */
export function ProductsBlock({ products, isOwn }: { products: ProductsView; isOwn: boolean }) {
  const t = useTranslations("phone.products");
  const Icon = products.kind === "catalogue" ? Store : ShoppingBag;
  return (
    <div
      className={cn(
        "-mx-1.5 mb-1.5 flex min-w-52 items-center gap-2.5 rounded-sm px-2 py-2",
        isOwn ? "bg-wa-attachment-outgoing" : "bg-wa-attachment",
      )}
    >
      <span className="grid size-11 shrink-0 place-items-center rounded-sm bg-wa-accent/15 text-wa-accent">
        <Icon aria-hidden className="size-5" />
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{products.title ?? t(products.kind)}</span>
        <span className="block text-[11.5px] text-wa-secondary leading-4">
          {products.kind === "catalogue"
            ? t("browse")
            : products.count === null
              ? t("chosenLater")
              : t("count", { count: products.count })}
        </span>
      </span>
    </div>
  );
}
