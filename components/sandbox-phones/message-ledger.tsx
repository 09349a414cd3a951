"use client";

import { ArrowDownLeft, ArrowUpRight } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { ScrollArea } from "#components/ui/scroll-area.tsx";
import { hidden } from "./fold-chat.ts";
import type { PhoneRow } from "./phones-list.ts";
import { useChatWords } from "./use-chat-words.ts";
import { viewOfMessage } from "./view-of-message.ts";

const rowsShown = 30;
const statuses = ["accepted", "sent", "delivered", "read", "failed", "received"] as const;

/** Everything on the shown phones as one list, newest first. */
export function MessageLedger({ phones }: { phones: PhoneRow[] }) {
  const t = useTranslations("sandboxPhones");
  const format = useFormatter();
  const { labelOf, textOf } = useChatWords();
  const rows = phones
    .flatMap((phone) => phone.chat.map((message) => ({ ...message, name: phone.firstName })))
    .sort((left, right) => right.at.getTime() - left.at.getTime())
    .slice(0, rowsShown);
  if (rows.length === 0) return <p className="px-4 py-6 text-secondary text-sm">{t("ledgerEmpty")}</p>;
  return (
    <ScrollArea as="ol" className="max-h-80 overflow-y-auto">
      {rows.map((row) => {
        const Icon = row.isFromBusiness ? ArrowUpRight : ArrowDownLeft;
        const status = statuses.find((known) => known === row.status);
        return (
          <li
            key={row.wamid}
            className="flex min-h-[34px] flex-wrap items-center gap-x-4 border-border border-b px-4 py-1 text-sm last:border-b-0"
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
            <span className="min-w-0 flex-1 basis-48 truncate">
              {t.has(`kinds.${row.type}`) && hidden.has(row.type)
                ? t(`kinds.${row.type}`)
                : textOf(viewOfMessage(row, labelOf))}
            </span>
            <span className={row.status === "failed" ? "shrink-0 text-danger" : "shrink-0 text-secondary"}>
              {status ? t(`status.${status}`) : row.status}
            </span>
          </li>
        );
      })}
    </ScrollArea>
  );
}
