"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight, Radio, Send } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { PhoneRow, TrafficRow } from "./phones-list.ts";

/** What WhatsApp's API got about the shown people and what it told our webhook, each with its JSON on demand. */
export function TrafficLedger({ phones }: { phones: PhoneRow[] }) {
  const t = useTranslations("sandboxPhones");
  const format = useFormatter();
  const trpc = useTRPC();
  const [open, setOpen] = useState<TrafficRow>();
  const contactIds = phones.map((phone) => phone.contactId);
  const query = useQuery(trpc.sandboxPhones.traffic.queryOptions({ contactIds }, { refetchInterval: 2_000 }));
  const nameOf = (id: string) => phones.find((phone) => phone.contactId === id)?.firstName ?? "";
  if (query.isPending) return <Skeleton className="m-4 h-24" />;
  const rows = query.data ?? [];
  if (rows.length === 0) return <p className="px-4 py-6 text-secondary text-sm">{t("ledgerEmpty")}</p>;
  return (
    <>
      <ol className="max-h-80 overflow-y-auto">
        {rows.map((row) => (
          <li key={row.n} className="border-border border-b last:border-b-0">
            <button
              type="button"
              onClick={() => setOpen(row)}
              className="flex min-h-[34px] w-full flex-wrap items-center gap-x-4 px-4 py-1 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2"
            >
              <time dateTime={row.at.toISOString()} className="tabular w-20 shrink-0 text-secondary">
                {format.dateTime(row.at, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" })}
              </time>
              <span className="flex w-36 shrink-0 items-center gap-1.5">
                {row.kind === "call" ? (
                  <Send aria-hidden className="size-3.5 text-tertiary" />
                ) : (
                  <Radio aria-hidden className="size-3.5 text-tertiary" />
                )}
                {t(`traffic.${row.kind}`)}
              </span>
              <span className="w-20 shrink-0 truncate">{nameOf(row.contactId)}</span>
              <code className="min-w-0 flex-1 basis-40 truncate font-mono text-xs">{row.title}</code>
              {row.httpStatus === null ? null : (
                <Chip tone={row.httpStatus === 200 ? "success" : "danger"}>{row.httpStatus || t("traffic.cut")}</Chip>
              )}
              <ChevronRight aria-hidden className="size-4 shrink-0 text-tertiary" />
            </button>
          </li>
        ))}
      </ol>
      {open ? <TrafficSheet row={open} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}

function TrafficSheet({ row, onClose }: { row: TrafficRow; onClose: () => void }) {
  const t = useTranslations("sandboxPhones.traffic");
  return (
    <Sheet
      open
      onOpenChange={(isOpen) => (isOpen ? null : onClose())}
      title={row.title}
      description={t(row.kind)}
      closeLabel={t("close")}
      className="max-w-[560px]"
    >
      <div className="space-y-5">
        <Json title={t(row.kind === "call" ? "request" : "body")} text={row.request} />
        {row.answer === null ? null : <Json title={t("answer")} text={row.answer} />}
      </div>
    </Sheet>
  );
}

function Json({ title, text }: { title: string; text: string }) {
  const t = useTranslations("sandboxPhones.traffic");
  return (
    <section>
      <div className="mb-1.5 flex items-center justify-between">
        <h3 className="font-semibold text-sm">{title}</h3>
        <CopyButton text={text} label={t("copy")} copiedLabel={t("copied")} />
      </div>
      <pre className="overflow-x-auto rounded-md border border-border bg-sunken p-3 font-mono text-xs leading-5">
        {text}
      </pre>
    </section>
  );
}
