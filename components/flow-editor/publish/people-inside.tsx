"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useTranslations } from "use-intl";
import { AtOnceLine, MoveTable } from "#components/move-people/move-table.tsx";
import type { InsideStep, MoveChoices } from "#components/move-people/use-move-plan.ts";
import { Callout } from "#components/ui/callout.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useEditor } from "../editor-state/editor-context.tsx";

type PeopleInsideProps = {
  inside: UseQueryResult<InsideStep[]>;
  choices: MoveChoices;
  number: number;
  /** What was approved is what happens: it is shown and not asked. */
  isFixed: boolean;
};

/** Who is on their way, and what becomes of them step by step. */
export function PeopleInside({ inside, choices, number, isFixed }: PeopleInsideProps) {
  const t = useTranslations("flowEditor.publish");
  const graph = useEditor((state) => state.graph);
  if (inside.isError)
    return <ErrorState title={t("insideFailed")} retryLabel={t("retry")} onRetry={() => void inside.refetch()} />;
  if (!inside.data) return <Skeleton className="h-44" />;
  const people = inside.data.reduce((sum, step) => sum + step.people, 0);
  if (people === 0)
    return (
      <Callout tone="info" icon={Users}>
        {t("nobodyInside")}
      </Callout>
    );
  return (
    <section className="space-y-3">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="font-semibold text-sm">{t("inside", { count: people })}</h3>
        <span className="text-secondary text-xs">{isFixed ? t("asApproved") : t("perStep")}</span>
      </div>
      <MoveTable steps={inside.data} after={graph} number={number} choices={choices} isFixed={isFixed} />
      <AtOnceLine choices={choices} isFixed={isFixed} />
    </section>
  );
}
