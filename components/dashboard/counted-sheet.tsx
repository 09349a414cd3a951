"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CountedList, CountedRow } from "#components/counted-rows/counted-list.tsx";
import { useReasonName } from "#components/counted-rows/use-reason-name.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import type { Measure } from "#flow/metric.ts";
import type { CountedRow as Message } from "#server/dashboard/list-counted.ts";
import type { Filter } from "./use-dashboard-filter.ts";

/** Which number somebody wants to look behind, and what it is called. */
export type Behind = {
  measure: Measure;
  reason?: string;
  errorCode?: number;
  weekday?: number;
  hours?: number;
  name: string;
};

/** The messages behind a number, and whose they were, newest first. */
export function CountedSheet({
  filter,
  behind,
  onClose,
}: {
  filter: Filter;
  behind: Behind | null;
  onClose: () => void;
}) {
  const t = useTranslations("dashboard");
  return (
    <Sheet
      open={behind !== null}
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={behind?.name ?? ""}
      description={t("behindAbout")}
      closeLabel={t("close")}
    >
      {behind ? <Rows filter={filter} behind={behind} /> : null}
    </Sheet>
  );
}

function Rows({ filter, behind: { name: _, ...behind } }: { filter: Filter; behind: Behind }) {
  const t = useTranslations("dashboard");
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.dashboard.messages.infiniteQueryOptions(
      { ...filter, ...behind },
      { getNextPageParam: (page) => page.after ?? undefined, initialCursor: undefined },
    ),
  );
  return (
    <CountedList query={query} keyOf={({ id }) => id} none={t("behindNone")}>
      {(row) => <Counted row={row} />}
    </CountedList>
  );
}

function Counted({ row }: { row: Message }) {
  const t = useTranslations("dashboard");
  const nameOf = useReasonName();
  const { flowName, template, direction, reason, errorCode, status, at } = row;
  const about = [flowName, template ?? (direction === "inbound" ? t("theyWrote") : null)].filter(Boolean).join(" · ");
  const what = reason === null ? t(`statuses.${status}`) : nameOf({ reason, errorCode });
  return <CountedRow {...{ about, what, at }} person={row} />;
}
