"use client";

import { CalendarDays, ChevronDown } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { type DashboardAddress, spans } from "./use-dashboard-filter.ts";

/** The last 7, 28 or 90 days, or any days. */
export function PeriodPicker({ period, span, choose, today }: DashboardAddress) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const [isOpen, setOpen] = useState(false);
  const [own, setOwn] = useState(period);
  const dayOf = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" });
  const take = (change: Parameters<typeof choose>[0]) => {
    void choose(change);
    setOpen(false);
  };
  const isGood = own.from !== "" && own.until !== "" && own.from <= own.until;
  return (
    <Popover
      open={isOpen}
      onOpenChange={(open) => {
        setOwn(period);
        setOpen(open);
      }}
      align="end"
      className="w-64 p-2"
      trigger={
        <Button>
          <CalendarDays aria-hidden />
          {span === null
            ? t("fromTo", { low: dayOf(period.from), high: dayOf(period.until) })
            : t("lastDays", { count: span })}
          <ChevronDown aria-hidden className="text-tertiary" />
        </Button>
      }
    >
      <ul>
        {spans.map((days) => (
          <li key={days}>
            <button
              type="button"
              aria-pressed={span === days}
              onClick={() => take({ days, from: null, until: null })}
              className="flex h-8 w-full items-center rounded-sm px-2 text-left text-sm hover:bg-hover aria-pressed:font-medium aria-pressed:text-accent"
            >
              {t("lastDays", { count: days })}
            </button>
          </li>
        ))}
      </ul>
      <div className="mt-2 space-y-2 border-border border-t p-2 pt-3">
        {(["from", "until"] as const).map((name) => (
          <Field key={name} label={t(`days.${name}`)}>
            <Input
              type="date"
              max={today}
              value={own[name]}
              onChange={({ target }) => setOwn({ ...own, [name]: target.value })}
            />
          </Field>
        ))}
        <Button
          className="w-full"
          disabled={!isGood}
          onClick={() => take({ days: null, from: own.from, until: own.until })}
        >
          {t("days.show")}
        </Button>
      </div>
    </Popover>
  );
}
