"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, Info, SlidersHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { ApprovalRow } from "#components/approval-ask/approval.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { repeated } from "#components/ui/in-order.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ApprovalDetail } from "./approval-detail.tsx";
import { ApprovalList } from "./approval-list.tsx";
import { countsOf, groupsOf, type Tab, tabs } from "./queue.ts";
import { RulesDialog } from "./rules-dialog.tsx";

/** One queue for flows and templates: the list at the left, what one request changes at the right. Tab and request live in the address. */
export function ApprovalsScreen() {
  const t = useTranslations("approvals");
  const { can } = useSession();
  const mayDecide = can("decide-approvals");
  const trpc = useTRPC();
  const [{ tab: chosen, id }, setAddress] = useQueryStates({
    tab: parseAsStringLiteral(tabs),
    id: parseAsString,
  });
  const tab = chosen ?? (mayDecide ? "for-me" : "mine");
  const query = useQuery(trpc.approvals.list.queryOptions(undefined, { refetchInterval: 5_000 }));
  const rows = query.data?.rows ?? [];
  const groups = groupsOf(rows, tab);
  const shown = groups.flatMap((group) => group.rows);
  const currentId = id ?? shown[0]?.id;
  const hrefOf = (next: string) => `/approvals?tab=${tab}&id=${next}`;
  const [isRulesOpen, setRulesOpen] = useState(false);
  useWalkKeys(shown, currentId, hrefOf);
  return (
    <div className="grid flex-1 items-start lg:grid-cols-[304px_minmax(0,1fr)]">
      <aside
        aria-label={t("list")}
        className="min-w-0 border-border bg-surface pb-4 max-lg:border-b lg:sticky lg:top-12 lg:h-[calc(100dvh-48px)] lg:overflow-y-auto lg:border-r"
      >
        <div className="px-4 pt-4">
          <div className="flex items-center justify-between gap-2">
            <h1 className="text-h2">{t("title")}</h1>
            <IconButton icon={SlidersHorizontal} label={t("rules.open")} onClick={() => setRulesOpen(true)} />
          </div>
          <Segmented
            aria-label={t("title")}
            className="mt-2 flex"
            value={tab}
            onValueChange={(next) => setAddress({ tab: next, id: null })}
            options={tabs.map((name) => ({
              value: name,
              label: t(`tabs.${name}`),
              count: query.data ? countsOf(rows)[name] || undefined : undefined,
            }))}
          />
        </div>
        {query.isPending ? <ListSkeleton /> : null}
        <ApprovalList groups={groups} currentId={currentId} hrefOf={hrefOf} />
        {query.data && groups.length === 0 ? <Nothing tab={tab} rows={rows} /> : null}
        {shown.length > 0 ? <Keys mayDecide={mayDecide} /> : null}
      </aside>
      <div className="flex min-h-[calc(100dvh-48px)] min-w-0 flex-col">
        {query.isError && !query.data ? (
          <ErrorState
            className="m-6"
            title={t("failedTitle")}
            retryLabel={t("retry")}
            onRetry={() => query.refetch()}
          />
        ) : currentId ? (
          <ApprovalDetail key={currentId} approvalId={currentId} />
        ) : query.data ? (
          <EmptyState icon={Check} title={t("empty.pick")} className="m-6">
            {t("empty.ask")}
          </EmptyState>
        ) : null}
      </div>
      {isRulesOpen ? <RulesDialog mayChange={can("manage-workspace")} onClose={() => setRulesOpen(false)} /> : null}
    </div>
  );
}

/** Says that there is nothing, and when the last thing was decided. */
function Nothing({ tab, rows }: { tab: Tab; rows: ApprovalRow[] }) {
  const t = useTranslations("approvals.empty");
  const mayDecide = useSession().can("decide-approvals");
  const last = rows.find((row) => row.state !== "open");
  return (
    <div className="px-4 pt-6 text-sm">
      <p className="font-medium">{t(tab)}</p>
      {tab === "for-me" && !mayDecide ? <p className="mt-1 text-secondary">{t("role")}</p> : null}
      {last?.closedAt ? (
        <p className="mt-1 text-secondary">
          {t.rich("last", { name: last.name, when: () => <RelativeTime date={last.closedAt ?? last.askedAt} /> })}
        </p>
      ) : null}
    </div>
  );
}

function Keys({ mayDecide }: { mayDecide: boolean }) {
  const t = useTranslations("approvals.keys");
  return (
    <p className="flex items-center gap-1 px-4 pt-4 text-secondary text-xs max-lg:hidden">
      <Info aria-hidden className="mr-1 size-3.5 shrink-0" />
      <Kbd>J</Kbd> <Kbd>K</Kbd> {t("move")}
      {mayDecide ? (
        <>
          , <Kbd>A</Kbd> {t("approve")}
        </>
      ) : null}
    </p>
  );
}

function ListSkeleton() {
  return (
    <div aria-hidden className="space-y-5 px-4 pt-8">
      {repeated(4, () => (
        <div className="space-y-2">
          <Skeleton className="h-3 w-32" />
          <Skeleton className="w-48" />
          <Skeleton className="h-3 w-24" />
        </div>
      ))}
    </div>
  );
}

/** J and K walk the list, while nobody types and no dialog is open. */
function useWalkKeys(rows: ApprovalRow[], currentId: string | undefined, hrefOf: (id: string) => string): void {
  const router = useRouter();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isElsewhere =
        event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, select, [role=dialog], [role=alertdialog], [role=menu]");
      if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      const next = rows[rows.findIndex((row) => row.id === currentId) + step];
      if (step === 0 || !next) return;
      router.replace(hrefOf(next.id), { scroll: false });
      document.querySelector(`[data-approval="${next.id}"]`)?.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
