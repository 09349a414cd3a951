"use client";

import { useQuery } from "@tanstack/react-query";
import { Play, RotateCcw, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { BacktestWish } from "#components/backtest/use-backtests.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { Hours } from "#flow/gate/quiet-hours.ts";

type Rules = { capPerDay: number; quietHours: Hours };
type SetupProps = { isBusy: boolean; isFirst: boolean; onStart: (wish: BacktestWish) => void };

const spans = ["7", "30", "90"] as const;

/** Which days, under which rules, and the button that begins. */
export function BacktestSetup({ isBusy, isFirst, onStart }: SetupProps) {
  const t = useTranslations("backtest");
  const trpc = useTRPC();
  const settings = useQuery(trpc.settings.read.queryOptions());
  const [days, setDays] = useState<(typeof spans)[number]>("30");
  const [change, setChange] = useState<Partial<Rules>>({});
  const inForce = settings.data?.policy;
  const rules = inForce && { capPerDay: inForce.capPerDay, quietHours: inForce.quietHours, ...change };
  const isChanged = rules !== undefined && inForce !== undefined && hasOther(rules, inForce);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-border border-b px-4 py-2">
      <Segmented
        aria-label={t("span")}
        options={spans.map((value) => ({ value, label: t("days", { days: Number(value) }) }))}
        value={days}
        onValueChange={setDays}
      />
      {rules ? (
        <Popover
          align="start"
          className="w-80"
          trigger={
            <Button className={isChanged ? "border-accent-border bg-accent-tint text-accent" : undefined}>
              <SlidersHorizontal aria-hidden />
              {isChanged ? t("otherRules") : t("rulesInForce")}
            </Button>
          }
        >
          <RuleFields rules={rules} onChange={(next) => setChange((before) => ({ ...before, ...next }))} />
          {isChanged ? (
            <Button size="dense" className="mt-3" onClick={() => setChange({})}>
              <RotateCcw aria-hidden />
              {t("backToRules")}
            </Button>
          ) : null}
        </Popover>
      ) : null}
      <span className="flex-1" />
      <Button
        variant="primary"
        isBusy={isBusy}
        onClick={() => onStart({ days: Number(days), policy: isChanged ? rules : null })}
      >
        <Play aria-hidden />
        {isFirst ? t("run") : t("runAgain")}
      </Button>
    </div>
  );
}

const hasOther = (one: Rules, other: Rules): boolean =>
  one.capPerDay !== other.capPerDay ||
  one.quietHours.from !== other.quietHours.from ||
  one.quietHours.to !== other.quietHours.to;

/** What the workspace's rules would be: nothing is changed by it but this backtest. */
function RuleFields({ rules, onChange }: { rules: Rules; onChange: (change: Partial<Rules>) => void }) {
  const t = useTranslations("backtest");
  const time = (name: keyof Hours, label: string) => (
    <Input
      type="time"
      aria-label={`${t("quietHours")}: ${label}`}
      value={rules.quietHours[name]}
      onChange={({ target }) => target.value && onChange({ quietHours: { ...rules.quietHours, [name]: target.value } })}
      className="tabular w-28"
    />
  );
  return (
    <div className="space-y-3">
      <p className="text-secondary text-xs">{t("rulesHelp")}</p>
      <Field label={t("capPerDay")}>
        <Input
          type="number"
          min={1}
          max={50}
          value={rules.capPerDay}
          onChange={({ target }) => {
            const cap = Math.round(target.valueAsNumber);
            if (cap >= 1 && cap <= 50) onChange({ capPerDay: cap });
          }}
          className="tabular w-24"
        />
      </Field>
      <div>
        <p className="mb-1 font-medium text-sm">{t("quietHours")}</p>
        <div className="flex items-center gap-2 text-sm">
          {time("from", t("from"))}
          <span className="text-secondary">{t("to")}</span>
          {time("to", t("to"))}
        </div>
      </div>
    </div>
  );
}
