"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import type { Approval, Reach } from "#components/approval-ask/approval.ts";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useMoney } from "#components/ui/use-money.ts";

/** How many it will meet and what that costs, and on what that number stands. */
export function ReachCard({ approval }: { approval: Approval }) {
  const t = useTranslations("approvals.reach");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const query = useQuery(trpc.approvals.reach.queryOptions({ approvalId: approval.id }, { staleTime: 60_000 }));
  return (
    <section aria-labelledby="reach">
      <h3 id="reach" className="mb-2 text-h2">
        {t("title")}
      </h3>
      <Card>
        {query.data ? (
          <Figures reach={query.data} subject={approval.subject} isFirst={approval.before === null} />
        ) : null}
        {query.data === null ? <p className="px-4 py-3 text-secondary text-sm">{t("uncounted")}</p> : null}
        {query.isPending ? (
          <div className="space-y-2 p-4">
            <span className="sr-only">{t("counting")}</span>
            <Skeleton className="h-7 w-24" />
            <Skeleton className="w-48" />
          </div>
        ) : null}
        {query.isError ? (
          <p className="flex items-center justify-between gap-3 px-4 py-3 text-secondary text-sm">
            {t("failed")}
            <Button size="dense" onClick={() => query.refetch()}>
              {common("retry")}
            </Button>
          </p>
        ) : null}
      </Card>
    </section>
  );
}

function Figures({ reach, subject, isFirst }: { reach: Reach; subject: Approval["subject"]; isFirst: boolean }) {
  const t = useTranslations("approvals.reach");
  const format = useFormatter();
  const money = useMoney();
  // Null where there is no price for anybody.
  const cost = reach.cost && money(reach.cost);
  const inside =
    subject === "flow"
      ? isFirst
        ? null
        : t("insideFlow", { count: reach.inside })
      : t("insideTemplate", { count: reach.inside });
  return (
    <>
      <div className="grid grid-cols-2 divide-x divide-border border-border border-b">
        <p className="px-4 py-3">
          <span className="tabular block font-semibold text-h1">{format.number(reach.people)}</span>
          <span className="text-secondary text-xs">{t("people", { count: reach.people })}</span>
        </p>
        <p className="px-4 py-3">
          <span className="tabular block font-semibold text-h1">{cost ?? "–"}</span>
          <span className="block text-secondary text-xs">
            {t("messages", { basis: reach.basis, count: reach.messages })}
            {reach.messages > 0 ? `, ${cost === null ? t("noCost") : t("cost")}` : null}
          </span>
        </p>
      </div>
      <p className="px-4 py-2.5 text-secondary text-xs">
        {reach.people === 0 ? t("nobody") : t("basis")} {inside}{" "}
        {reach.unpriced > 0 && reach.cost ? t("unpriced", { count: reach.unpriced }) : null}
      </p>
    </>
  );
}
