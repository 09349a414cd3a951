"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useTranslations } from "use-intl";
import { useReasonName } from "#components/counted-rows/use-reason-name.ts";
import { useMetricWords } from "#components/message-figures/use-metric-words.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { cn } from "#components/ui/cn.ts";
import type { Reasons } from "#server/dashboard/read-reasons.ts";
import { Block, BlockWaiting } from "./block.tsx";
import type { Behind } from "./counted-sheet.tsx";
import type { Filter } from "./use-dashboard-filter.ts";

const mostShown = 6;
type Reason = Reasons["reasons"][number];

/** Why messages did not arrive: amber, the provider refused them; grey, we held them back. */
export function ReasonsBlock({ filter, onOpen }: { filter: Filter; onOpen: (behind: Behind) => void }) {
  const t = useTranslations("dashboard");
  const trpc = useTRPC();
  const words = useMetricWords(null);
  const query = useQuery(trpc.dashboard.reasons.queryOptions(filter));
  const nameOf = useReasonName();
  if (!query.data) return <BlockWaiting query={query} className="min-h-84" />;
  const { reasons, made } = query.data;
  const all = reasons.reduce((sum, { messages }) => sum + messages, 0);
  const top = reasons.length > mostShown ? reasons.slice(0, mostShown - 1) : reasons;
  const rest = reasons.slice(top.length);
  const others = rest.reduce((sum, { messages }) => sum + messages, 0);
  const most = Math.max(1, others, ...top.map(({ messages }) => messages));
  return (
    <Block
      title={t("reasonsTitle")}
      description={t("xOfN", { x: words.count(all), n: words.count(made) })}
      file={{ block: "reasons", filter }}
    >
      {reasons.length === 0 ? (
        <p className="flex flex-1 items-center justify-center gap-2 px-4 py-8 text-secondary text-sm">
          <CircleCheck aria-hidden className="size-4 text-success" />
          {t("noReasons")}
        </p>
      ) : (
        <ul className="flex flex-col gap-1.5 px-2 pb-3">
          {top.map((reason) => (
            <li key={`${reason.reason} ${reason.errorCode}`}>
              <ReasonRow
                name={nameOf(reason)}
                reason={reason}
                share={reason.messages / most}
                onOpen={() =>
                  onOpen({
                    measure: "made",
                    ...(reason.reason !== null && { reason: reason.reason }),
                    ...(reason.errorCode !== null && { errorCode: reason.errorCode }),
                    name: nameOf(reason),
                  })
                }
              />
            </li>
          ))}
          {others > 0 ? (
            <li className="px-2 py-1.5 text-secondary text-sm">
              <span className="flex justify-between gap-3">
                {t("otherReasons", { count: rest.length })}
                <span className="tabular font-medium text-ink">{words.count(others)}</span>
              </span>
              <Bar share={others / most} className="bg-border-strong" />
            </li>
          ) : null}
        </ul>
      )}
    </Block>
  );
}

type ReasonRowProps = { name: string; reason: Reason; share: number; onOpen: () => void };

function ReasonRow({ name, reason: { outcome, messages }, share, onOpen }: ReasonRowProps) {
  const t = useTranslations("dashboard");
  const words = useMetricWords(null);
  return (
    <button
      type="button"
      onClick={onOpen}
      className="block w-full rounded-sm px-2 py-1.5 text-left text-sm hover:bg-hover"
    >
      <span className="flex justify-between gap-3">
        <span className="min-w-0 truncate">
          {name} <span className="text-secondary">· {t(`outcomes.${outcome}`)}</span>
        </span>
        <span className="tabular font-medium">{words.count(messages)}</span>
      </span>
      <Bar share={share} className={outcome === "skipped" ? "bg-tertiary" : "bg-warning"} />
    </button>
  );
}

const Bar = ({ share, className }: { share: number; className: string }) => (
  <span aria-hidden className="mt-1.5 block h-1 overflow-hidden rounded-full bg-sunken">
    <span className={cn("block h-full rounded-full", className)} style={{ width: `${Math.max(1, share * 100)}%` }} />
  </span>
);
