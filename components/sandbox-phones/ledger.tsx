"use client";

import { ArrowDownLeft, ArrowUpRight } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import type { PhoneRow } from "./sandbox-phones-screen.tsx";

const rowsShown = 30;
const statuses = ["accepted", "sent", "delivered", "read", "failed", "received"] as const;

/** Everything on the shown phones as one list, newest first. */
export function Ledger({ phones }: { phones: PhoneRow[] }) {
  const t = useTranslations("sandboxPhones");
  const format = useFormatter();
  const rows = phones
    .flatMap((phone) => phone.chat.map((message) => ({ ...message, name: phone.firstName })))
    .sort((left, right) => right.at.getTime() - left.at.getTime())
    .slice(0, rowsShown);
  return (
    <section aria-label={t("ledger")} className="rounded-lg border border-border bg-surface">
      <h2 className="flex flex-wrap items-baseline gap-x-2 border-border border-b px-4 py-2.5">
        <span className="font-semibold">{t("ledger")}</span>
        <span className="text-secondary text-sm">{t("ledgerHelp")}</span>
      </h2>
      {rows.length === 0 ? <p className="px-4 py-6 text-secondary text-sm">{t("ledgerEmpty")}</p> : null}
      <ol className="max-h-80 overflow-y-auto">
        {rows.map((row) => {
          const Icon = row.isFromBusiness ? ArrowUpRight : ArrowDownLeft;
          const status = statuses.find((known) => known === row.status);
          return (
            <li
              key={row.wamid}
              className="flex h-[34px] items-center gap-4 border-border border-b px-4 text-sm last:border-b-0"
            >
              <time dateTime={row.at.toISOString()} className="tabular w-32 shrink-0 text-secondary">
                {format.dateTime(row.at, {
                  day: "numeric",
                  month: "short",
                  hour: "2-digit",
                  minute: "2-digit",
                  hourCycle: "h23",
                  second: "2-digit",
                })}
              </time>
              <span className="flex w-40 shrink-0 items-center gap-1.5">
                <Icon aria-hidden className="size-3.5 text-tertiary" />
                <span className="truncate">
                  {t(row.isFromBusiness ? "toCustomer" : "fromCustomer", { name: row.name })}
                </span>
              </span>
              <span className="min-w-0 flex-1 truncate">{row.body}</span>
              <span className="shrink-0 text-secondary">{status ? t(`status.${status}`) : row.status}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
