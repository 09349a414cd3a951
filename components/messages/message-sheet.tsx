"use client";

import { CircleCheck, CircleX, Clock } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { useCheckWords } from "#components/gate-checks/use-check-words.ts";
import { MessageStatusChip } from "#components/phone/message-status-chip.tsx";
import { WhatsAppMessage } from "#components/phone/whatsapp-message.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import { MessageCost } from "./message-cost.tsx";
import { type MessageRow, personName } from "./messages-table.tsx";
import { viewOfContent } from "./view-of-content.ts";

type MessageSheetProps = { row: MessageRow | undefined; onClose: () => void };

/** One message whole: as the customer saw it, every check with the value it saw, and what happened when. */
export function MessageSheet({ row, onClose }: MessageSheetProps) {
  const t = useTranslations("messageLog");
  const reasons = useTranslations("reasons");
  const { can } = useSession();
  if (!row) return null;
  return (
    <Sheet
      open
      onOpenChange={(isOpen) => (isOpen ? null : onClose())}
      title={personName(row) || t("noName")}
      description={row.template ? t("template", { name: row.template, language: row.language ?? "" }) : t("detail")}
      closeLabel={t("close")}
      footer={
        <>
          {row.flowId ? (
            <Button asChild>
              <Link href={`/flows/${row.flowId}`}>{t("openFlow")}</Link>
            </Button>
          ) : null}
          {row.direction === "outbound" && can("see-contacts") ? (
            <Button asChild>
              <Link href={`/contacts/${row.contactId}/why?message=${row.id}`}>{t("why")}</Link>
            </Button>
          ) : null}
          <Button asChild>
            <Link href={`/contacts/${row.contactId}`}>{t("openContact")}</Link>
          </Button>
        </>
      }
    >
      <div className="space-y-5">
        <div className="flex flex-wrap items-center gap-2">
          <MessageStatusChip status={row.status} />
          {row.reason ? (
            <span className="text-sm">{reasons.has(row.reason) ? reasons(row.reason) : row.reason}</span>
          ) : null}
        </div>
        {row.errorCode !== null ? (
          <Callout tone="danger" icon={CircleX}>
            {t("providerSays", { code: row.errorCode, detail: row.errorDetail ?? "" })}
          </Callout>
        ) : null}
        {row.content ? (
          <div className="rounded-lg bg-wa-chat p-4">
            <WhatsAppMessage
              message={viewOfContent(row.content)}
              from={row.direction === "inbound" ? "customer" : "business"}
            />
          </div>
        ) : null}
        <Checks row={row} />
        {row.cost ? <MessageCost cost={row.cost} /> : null}
        <History row={row} />
      </div>
    </Sheet>
  );
}

const verdicts = {
  pass: { icon: CircleCheck, ink: "text-success" },
  defer: { icon: Clock, ink: "text-warning" },
  block: { icon: CircleX, ink: "text-danger" },
};

function Checks({ row }: { row: MessageRow }) {
  const t = useTranslations("messageLog");
  const words = useCheckWords();
  return (
    <section>
      <h3 className="font-semibold text-sm">{t("checks")}</h3>
      <p className="mb-2 text-secondary text-xs">
        {row.checks ? t("checksHelp") : t(row.direction === "inbound" ? "noChecks" : "notYet")}
      </p>
      <ul className="divide-y divide-border rounded-md border border-border empty:hidden">
        {(row.checks ?? []).map((check) => {
          const { icon: Icon, ink } = verdicts[check.verdict];
          return (
            <li
              key={check.check}
              className={`flex items-start gap-2 px-3 py-2 text-sm ${check.verdict === "block" ? "bg-danger-tint" : ""}`}
            >
              <Icon aria-label={t(`verdict.${check.verdict}`)} className={`mt-0.5 size-4 shrink-0 ${ink}`} />
              <span className="flex-1">
                {words.name(check)}
                {check.verdict === "pass" ? null : (
                  <span className="block text-secondary text-xs">
                    {t("needed", { needed: words.value(check.needed) })}
                  </span>
                )}
              </span>
              <span className="tabular text-right text-secondary text-xs">{words.value(check.seen)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function History({ row }: { row: MessageRow }) {
  const t = useTranslations("messageLog");
  const format = useFormatter();
  const moments = (["sentAt", "deliveredAt", "readAt", "failedAt", "clickedAt", "repliedAt"] as const).flatMap(
    (name) => {
      const at = row[name];
      return at ? [{ label: t(name), at }] : [];
    },
  );
  const all = [{ label: t(row.direction === "inbound" ? "createdInbound" : "created"), at: row.createdAt }, ...moments];
  return (
    <section>
      <h3 className="mb-2 font-semibold text-sm">{t("history")}</h3>
      <ol className="space-y-1.5 text-sm">
        {all.map(({ label, at }) => (
          <li key={label} className="flex justify-between gap-4">
            <span>{label}</span>
            <time dateTime={at.toISOString()} className="tabular text-secondary">
              {format.dateTime(at, { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" })}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
