"use client";

import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { TableRow } from "#components/ui/table.tsx";
import type { LeftOvers } from "#server/health/read-left-overs.ts";
import { Panel, PanelCell, PanelEmpty, PanelTable } from "./panel.tsx";

const columns = ["where", "cause", "items", "last"] as const;

/** Calls that failed for good, webhooks that could not be read, and statuses of messages that are not ours. */
export function LeftOversCard({ leftOvers: { orphans, unread, failedCalls } }: { leftOvers: LeftOvers }) {
  const t = useTranslations("health.leftOvers");
  const callWords = useCallWords();
  const format = useFormatter();
  const head = columns.map((name) => ({ label: t(`columns.${name}`), isNumber: name === "items" || name === "last" }));
  const lines = [
    ...failedCalls.map((call) => ({
      ...call,
      key: `${call.flowId} ${call.cause}`,
      where: call.flowName ?? t("noFlow"),
      cause: callWords(call.cause),
    })),
    ...(unread.items > 0 ? [{ key: "unread", flowId: null, where: t("provider"), cause: t("unread"), ...unread }] : []),
    ...(orphans.items > 0
      ? [{ key: "orphans", flowId: null, where: t("provider"), cause: t("orphans"), ...orphans }]
      : []),
  ];
  if (lines.length === 0) {
    return (
      <Panel title={t("title")} help={{ about: t("about") }} aside={t("note")}>
        <PanelEmpty icon={CircleCheck}>{t("empty")}</PanelEmpty>
      </Panel>
    );
  }
  return (
    <Panel title={t("title")} help={{ about: t("about") }} aside={t("note")}>
      <PanelTable caption={t("caption")} head={head}>
        {lines.map((line) => (
          <TableRow key={line.key} className="h-[37px]">
            <PanelCell className="max-w-48 truncate font-medium">
              {line.flowId ? (
                <Link href={`/flows/${line.flowId}`} className="hover:underline">
                  {line.where}
                </Link>
              ) : (
                line.where
              )}
            </PanelCell>
            <PanelCell className="min-w-56 whitespace-normal py-1 text-secondary">{line.cause}</PanelCell>
            <PanelCell isNumber>{format.number(line.items)}</PanelCell>
            <PanelCell isNumber className="text-secondary">
              {line.lastAt ? <RelativeTime date={line.lastAt} /> : null}
            </PanelCell>
          </TableRow>
        ))}
      </PanelTable>
    </Panel>
  );
}

const known = ["time-out", "no-connection", "too-large", "address-not-allowed"] as const;

/** Why a webhook step failed, in the reader's words where the engine gave a code (server/engine/calls); else as it wrote it. */
function useCallWords(): (cause: string) => string {
  const t = useTranslations("health.leftOvers.calls");
  return (cause) => {
    const status = /^HTTP (\d{3})$/.exec(cause)?.[1];
    if (status) return t("status", { status });
    const code = known.find((each) => cause.startsWith(each));
    return code ? t(code) : cause;
  };
}
