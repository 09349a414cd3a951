"use client";

import { ChevronRight, RotateCcw, Trash2 } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useProductNow } from "#components/ui/product-time.tsx";
import { TableRow } from "#components/ui/table.tsx";
import type { DeadLetterGroup } from "#server/health/read-dead-letters.ts";
import { PanelCell } from "./panel.tsx";

type DeadLetterRowProps = {
  group: DeadLetterGroup;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
  isBusy: boolean;
  onRetry: () => void;
  onDiscard: () => void;
};

/** Dead letters of one place and cause. */
export function DeadLetterRow({ group, isChosen, onChoose, isBusy, onRetry, onDiscard }: DeadLetterRowProps) {
  const t = useTranslations("health.deadLetters");
  const format = useFormatter();
  const { can } = useSession();
  const place = usePlaceWords(group);
  return (
    <TableRow className={cn("h-[46px]", isChosen && "bg-accent-tint/60")}>
      <PanelCell className="w-8 pr-0">
        <Checkbox
          aria-label={t("choose", { where: place.name })}
          checked={isChosen}
          onCheckedChange={(checked) => onChoose(checked === true)}
        />
      </PanelCell>
      <PanelCell className="max-w-52 py-1">
        <span className="block truncate font-semibold">
          {group.flowId && group.flowName ? (
            <Link href={`/flows/${group.flowId}`} className="hover:underline">
              {place.name}
            </Link>
          ) : (
            place.name
          )}
        </span>
        <span className="block truncate text-secondary text-xs">{place.step}</span>
      </PanelCell>
      <PanelCell className="min-w-40 whitespace-normal py-1 text-secondary">
        <Cause group={group} />
      </PanelCell>
      <PanelCell isNumber>{format.number(group.items)}</PanelCell>
      <PanelCell isNumber className="text-secondary">
        <LastTime at={group.lastAt} />
      </PanelCell>
      <PanelCell className="w-px py-1">
        <span className="flex justify-end gap-1">
          {can("retry-dead-letters") ? (
            <Button
              size="dense"
              variant={isChosen ? "outline" : "quiet"}
              isBusy={isBusy}
              onClick={onRetry}
              aria-label={t("retryOf", { where: place.name })}
            >
              <RotateCcw aria-hidden />
              {t("retry")}
            </Button>
          ) : null}
          {can("discard-dead-letters") ? (
            <IconButton
              size="dense"
              icon={Trash2}
              variant={isChosen ? "outline" : "quiet"}
              className={isChosen ? "text-danger" : undefined}
              onClick={onDiscard}
              label={t("discardOf", { where: place.name })}
            />
          ) : null}
        </span>
      </PanelCell>
    </TableRow>
  );
}

/** A cause we know in the reader's words, the engine's own behind it; one we do not know as the engine wrote it. */
function Cause({ group: { cause, causeKind } }: { group: DeadLetterGroup }) {
  const t = useTranslations("health.deadLetters");
  if (causeKind === null) {
    return (
      <span className="line-clamp-2 break-words" title={cause}>
        {cause}
      </span>
    );
  }
  return (
    <details className="group">
      <summary className="flex cursor-pointer list-none items-start gap-1 rounded-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-label={t("details")}
          className="mt-0.5 size-3.5 shrink-0 text-tertiary group-open:rotate-90"
        />
        {t(`causes.${causeKind}`)}
      </summary>
      <p className="mt-1 ml-4.5 break-words font-mono text-xs">{cause}</p>
    </details>
  );
}

/** The flow and, below it, the step or what came in. */
function usePlaceWords(group: DeadLetterGroup): { name: string; step: string } {
  const t = useTranslations("health.deadLetters");
  const nodes = useTranslations();
  const nodeKey = `nodes.${group.nodeType}.title`;
  const kindKey = `kinds.${group.kind}`;
  const incoming = group.eventName ?? (t.has(kindKey) ? t(kindKey) : group.kind);
  const step = group.nodeType && nodes.has(nodeKey) ? nodes(nodeKey) : null;
  return {
    name: group.flowName ?? t("noFlow"),
    step:
      step && group.template ? t("stepOf", { step, name: group.template }) : step ? `${step} · ${incoming}` : incoming,
  };
}

/** The hour today, the day before. */
function LastTime({ at }: { at: Date }) {
  const format = useFormatter();
  const now = useProductNow();
  const isToday = now !== null && now.getTime() - at.getTime() < 20 * 3_600_000;
  return (
    <time dateTime={at.toISOString()}>
      {isToday
        ? format.dateTime(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
        : format.dateTime(at, { day: "numeric", month: "short" })}
    </time>
  );
}
