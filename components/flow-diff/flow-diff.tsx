"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { ChangeCounts } from "#components/flow-words/change-counts.tsx";
import { type ChangeLine, useChangeLines } from "#components/flow-words/use-change-lines.ts";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { emptyGraph, type Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { ChangeCard } from "./change-card.tsx";
import { type Chosen, DiffCanvas } from "./diff-canvas.tsx";
import { DiffList } from "./diff-list.tsx";

type FlowDiffProps = {
  /** Null: everything is new. */
  before: Graph | null;
  after: Graph;
  catalog: Catalog;
  emptyText: string;
  /** Above the list: which two are compared. */
  head?: ReactNode;
  /** Below the list. */
  foot?: ReactNode;
  /** What belongs to a step besides its change: comments on it. */
  onStep?: (stepId: string) => ReactNode;
  /** The list below the drawing: where there is no room for both beside each other. */
  isStacked?: boolean;
  className?: string;
};

/** Two graphs compared: the changes as a list to walk, and drawn over each other; what is chosen in one is chosen in the other. */
export function FlowDiff({
  before,
  after,
  catalog,
  emptyText,
  head,
  foot,
  onStep,
  isStacked,
  className,
}: FlowDiffProps) {
  const t = useTranslations("flowDiff");
  const base = useMemo(() => before ?? { ...emptyGraph(), settings: after.settings }, [before, after.settings]);
  const lines = useChangeLines(base, after, catalog);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [isDimmed, setDimmed] = useState(before !== null);
  const index = lines.findIndex((line) => keyOf(line) === chosenKey);
  const line = lines[index];
  const choose = (chosen: Chosen) => setChosenKey(chosen ? keyOf(chosen) : null);
  const go = (step: number) => {
    const next = lines[(index + step + lines.length) % lines.length];
    if (next) setChosenKey(keyOf(next));
  };
  const chosen = useMemo<Chosen>(() => chosenOf(chosenKey, lines), [chosenKey, lines]);
  return (
    <div className={cn("flex min-h-0", isStacked ? "flex-col-reverse" : "max-md:flex-col", className)}>
      <div
        className={cn(
          "flex min-h-0 shrink-0 flex-col border-border bg-surface",
          isStacked ? "border-t" : "max-md:border-b md:w-72 md:border-r lg:w-80",
        )}
      >
        {head}
        {lines.length > 0 ? (
          <div className="flex flex-wrap items-center justify-between gap-2 border-border border-b px-4 py-3">
            <ChangeCounts lines={lines} />
            {isStacked ? <Dim isOn={isDimmed} onChange={setDimmed} /> : null}
          </div>
        ) : (
          <p className="px-4 py-4 text-secondary text-sm">{emptyText}</p>
        )}
        <DiffList
          className={
            isStacked ? "max-h-80 overflow-y-auto" : "min-h-0 flex-1 overflow-y-auto max-md:max-h-36 max-md:flex-none"
          }
          isWide={isStacked}
          lines={lines}
          chosen={line ?? null}
          onChoose={(next) => setChosenKey(keyOf(next))}
        />
        {isStacked ? null : (
          <div className="space-y-3 border-border border-t px-4 py-3">
            <Dim isOn={isDimmed} onChange={setDimmed} />
            {foot}
          </div>
        )}
      </div>
      <div className={cn("relative flex min-w-0", isStacked ? "h-[440px]" : "min-h-80 flex-1")}>
        <DiffCanvas
          {...{ before: base, after, catalog, chosen, isDimmed }}
          onChoose={choose}
          detail={
            line?.group === "steps" || line?.group === "aids" ? (
              <ChangeCard line={line} onClose={() => setChosenKey(null)}>
                {line.group === "steps" ? onStep?.(line.id) : null}
              </ChangeCard>
            ) : null
          }
        />
        {lines.length > 1 ? (
          <div className="floating absolute top-3 right-3 z-10 flex items-center gap-1 rounded-lg border border-border bg-raised p-0.5 text-sm">
            <IconButton size="dense" icon={ChevronLeft} label={t("previous")} onClick={() => go(index < 0 ? 0 : -1)} />
            <span aria-live="polite" className="tabular px-1 font-medium">
              {index < 0
                ? t("total", { count: lines.length })
                : t("position", { number: index + 1, total: lines.length })}
            </span>
            <IconButton size="dense" icon={ChevronRight} label={t("next")} onClick={() => go(1)} />
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Dim({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  const t = useTranslations("flowDiff");
  return <Switch label={t("dim")} checked={isOn} onCheckedChange={onChange} />;
}

const keyOf = ({ group, id }: { group: ChangeLine["group"]; id: string }): string => `${group} ${id}`;

function chosenOf(key: string | null, lines: readonly ChangeLine[]): Chosen {
  const line = lines.find((one) => keyOf(one) === key);
  if (line) return line.group === "settings" ? null : { group: line.group, id: line.id };
  // A connection that follows from its step has no line of its own: it is only shown.
  const [group, ...rest] = key?.split(" ") ?? [];
  return group === "connections" ? { group, id: rest.join(" ") } : null;
}
