"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState } from "react";
import { useTranslations } from "use-intl";
import { CountedList, CountedRow } from "#components/counted-rows/counted-list.tsx";
import { useReasonName } from "#components/counted-rows/use-reason-name.ts";
import { useArmName } from "#components/experiment-words/use-arm-name.ts";
import { useFigures } from "#components/experiment-words/use-figures.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import type { BehindRow } from "#server/experiments/list-behind.ts";
import type { Experiment, Result } from "./experiment.ts";

/** Which number of an arm somebody wants to look behind. `metric` null: everybody assigned. */
type Behind = {
  arm: string;
  metric: string | null;
  place: "table" | "funnel";
  /** What the number is called. */
  name: string;
  /** What was added up per person is told where it is not simply that they did it. */
  tells?: { kind: "mean" | "ratio"; isMoney: boolean; currency: string | null };
};

const OpenBehind = createContext<(behind: Behind) => void>(() => undefined);

/** Lets every number below open the people it was counted from. */
export function BehindNumbers({
  experiment,
  result,
  children,
}: {
  experiment: Experiment;
  result: Result;
  children: ReactNode;
}) {
  const t = useTranslations("experiments.behind");
  const common = useTranslations("common");
  const armName = useArmName(experiment);
  const [behind, setBehind] = useState<Behind | null>(null);
  return (
    <OpenBehind value={setBehind}>
      {children}
      <Sheet
        open={behind !== null}
        onOpenChange={(isOpen) => (isOpen ? undefined : setBehind(null))}
        title={behind ? t("title", { name: behind.name, arm: armName(behind.arm) }) : ""}
        description={t("about")}
        closeLabel={common("close")}
      >
        {behind ? <People {...{ experiment, result, behind }} /> : null}
      </Sheet>
    </OpenBehind>
  );
}

/** A number that opens the people behind it; plain text where nobody is. */
export function BehindNumber({ behind, people, children }: { behind: Behind; people: number; children: ReactNode }) {
  const t = useTranslations("experiments.behind");
  const open = useContext(OpenBehind);
  if (people === 0) return children;
  return (
    <button
      type="button"
      title={t("open")}
      onClick={() => open(behind)}
      className="rounded-xs underline decoration-transparent decoration-dotted underline-offset-3 transition-colors hover:decoration-current focus-visible:decoration-current disabled:pointer-events-none"
    >
      {children}
    </button>
  );
}

function People({ experiment, result, behind }: { experiment: Experiment; result: Result; behind: Behind }) {
  const t = useTranslations("experiments.behind");
  const trpc = useTRPC();
  const { arm, metric, place, tells } = behind;
  const query = useInfiniteQuery(
    trpc.experiments.behind.infiniteQueryOptions(
      { experimentId: experiment.id, arm, metric, place },
      { getNextPageParam: (page) => page.after ?? undefined, initialCursor: undefined },
    ),
  );
  return (
    <CountedList query={query} keyOf={({ contactId }) => contactId} none={t("none")}>
      {(row) => <Person {...{ row, tells, result }} />}
    </CountedList>
  );
}

function Person({ row, tells, result }: { row: BehindRow; tells: Behind["tells"]; result: Result }) {
  const t = useTranslations("experiments.behind");
  const statuses = useTranslations("messageStatus");
  const figures = useFigures(result.currency);
  const nameOf = useReasonName();
  const { status, reason, errorCode, template, type, amount, at } = row;
  const about = status === null ? t("noMessage") : (template ?? t("ownWords", { type: type ?? "" }));
  const became = status === null ? null : reason === null ? statuses(status) : nameOf({ reason, errorCode });
  const told = tells
    ? tells.isMoney
      ? figures.money(amount, tells.currency)
      : figures.value(amount, { ...tells, kind: "mean" })
    : null;
  return <CountedRow {...{ about, at }} what={[became, told].filter(Boolean).join(" · ")} person={row} />;
}
