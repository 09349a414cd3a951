"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import { Segmented } from "#components/ui/segmented.tsx";
import { MessageLedger } from "./message-ledger.tsx";
import type { PhoneRow } from "./phones-list.ts";
import { TrafficLedger } from "./traffic-ledger.tsx";

const views = ["messages", "traffic"] as const;

/** Below the phones: every message of the shown ones, or what the API got and the webhooks it sent. */
export function Ledger({ phones }: { phones: PhoneRow[] }) {
  const t = useTranslations("sandboxPhones");
  const [view, setView] = useQueryState("ledger", parseAsStringLiteral(views).withDefault("messages"));
  return (
    <section aria-label={t("ledger")} className="rounded-lg border border-border bg-surface">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-border border-b px-4 py-2">
        <h2 className="font-semibold">{t("ledger")}</h2>
        <p className="min-w-0 flex-1 text-secondary text-sm">{t(view === "messages" ? "ledgerHelp" : "trafficHelp")}</p>
        <Segmented
          aria-label={t("ledger")}
          isDense
          value={view}
          onValueChange={setView}
          options={[
            { value: "messages", label: t("ledgerMessages") },
            { value: "traffic", label: t("ledgerTraffic") },
          ]}
        />
      </div>
      {view === "messages" ? <MessageLedger phones={phones} /> : <TrafficLedger phones={phones} />}
    </section>
  );
}
