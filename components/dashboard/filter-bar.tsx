"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Combobox } from "#components/ui/combobox.tsx";
import { PeriodPicker } from "./period-picker.tsx";
import { useBreakdownName } from "./use-breakdown-name.ts";
import { type By, breakdowns, type DashboardAddress, isWithinFlow } from "./use-dashboard-filter.ts";
import { useFlowParts } from "./use-flow-parts.ts";

/** Period, flow, template and country; the others once the table has set them. Only what was there in the period. */
export function FilterBar({ address }: { address: DashboardAddress }) {
  const t = useTranslations("dashboard");
  const trpc = useTRPC();
  const nameOf = useBreakdownName();
  const { period, chosen, choose, filter, filterBy } = address;
  const parts = useFlowParts(filter, chosen);
  const { flowId, channelId } = filter;
  const { data } = useQuery(
    trpc.dashboard.choices.queryOptions({ ...period, flowId, channelId }, { placeholderData: keepPreviousData }),
  );
  // What is chosen is called by its name also in a period that has nothing of it.
  const codes = (by: By, all: readonly string[] = []) =>
    [...new Set([...all, ...(chosen[by] ? [chosen[by]] : [])])]
      .map((id) => ({ value: id, label: nameOf(by, { id, name: null }) }))
      .sort((a, b) => a.label.localeCompare(b.label));
  const named = (all: readonly { id: string; name: string }[] = []) =>
    all.map(({ id, name }) => ({ value: id, label: name }));
  const options: Record<By, { value: string; label: string }[]> = {
    flow: named(data?.flows),
    ...parts,
    template: codes("template", data?.templates),
    country: codes("country", data?.countries),
    language: codes("language", data?.languages),
    channel: named(data?.channels),
  };
  const isShown = (by: By) =>
    (chosen[by] !== null && (!isWithinFlow(by) || filter.flowId !== undefined)) ||
    by === "flow" ||
    by === "template" ||
    by === "country";
  const isFiltered = breakdowns.some((by) => chosen[by] !== null);
  return (
    <search className="flex flex-wrap items-center gap-2">
      <PeriodPicker {...address} />
      {breakdowns.filter(isShown).map((by) => (
        <Combobox
          key={by}
          aria-label={t(`by.${by}`)}
          className="w-auto min-w-32 max-w-48"
          options={[{ value: "", label: t(`all.${by}`) }, ...options[by]]}
          value={chosen[by] ?? ""}
          onValueChange={(value) => filterBy(by, value || null)}
          placeholder={t(`all.${by}`)}
          searchPlaceholder={t("searchChoices")}
          emptyText={t("noChoice")}
        />
      ))}
      {isFiltered ? (
        <Button variant="quiet" onClick={() => choose(Object.fromEntries(breakdowns.map((by) => [by, null])))}>
          <X aria-hidden />
          {t("clear")}
        </Button>
      ) : null}
    </search>
  );
}
