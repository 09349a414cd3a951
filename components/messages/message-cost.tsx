import { useTranslations } from "use-intl";
import { useMoney } from "#components/ui/use-money.ts";
import type { MessageRow } from "./messages-table.tsx";

type Cost = NonNullable<MessageRow["cost"]>;

/** What the message was reckoned to cost before it left, and what WhatsApp then said it is charged as. */
export function MessageCost({ cost: { estimate, reported } }: { cost: Cost }) {
  const t = useTranslations("messageLog.cost");
  const money = useMoney();
  const sum = (cost: Cost["estimate"]) => (cost ? money(cost, { isSmall: true }) : t("noPrice"));
  const type = reported?.pricingType ?? "";
  const category = (reported?.pricingCategory ?? "").replaceAll("-", "_");
  return (
    <section>
      <h3 className="mb-2 font-semibold text-sm">{t("title")}</h3>
      <dl className="space-y-1.5 text-sm">
        <div className="flex justify-between gap-4">
          <dt>{t("estimated")}</dt>
          <dd className="tabular text-secondary">{sum(estimate)}</dd>
        </div>
        <div className="flex justify-between gap-4">
          <dt>
            {t("reported")}
            {reported ? (
              <span className="block text-secondary text-xs">
                {[
                  t.has(`category.${category}`) ? t(`category.${category}`) : reported.pricingCategory,
                  t.has(`type.${type}`) ? t(`type.${type}`) : type,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            ) : null}
          </dt>
          <dd className="tabular text-secondary">{reported ? sum(reported.cost) : t("notYet")}</dd>
        </div>
      </dl>
    </section>
  );
}
