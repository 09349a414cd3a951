"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Headset } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { toast } from "sonner";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { repeated } from "#components/ui/in-order.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ListTabs } from "#components/ui/tabs.tsx";
import { HandOffCard, type HandOffRow } from "./hand-off-card.tsx";
import { ResolveDialog } from "./resolve-dialog.tsx";

const tabs = ["open", "mine", "resolved"] as const;
const emptyBodies = { open: "emptyBody", mine: "emptyMine", resolved: "emptyResolved" } as const;

/** Who waits for a person, urgent first; take one, then say how it ended. */
export function HandOffsScreen() {
  const t = useTranslations("handOffs");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("open"));
  const [resolving, setResolving] = useState<HandOffRow | null>(null);
  const query = useQuery(trpc.handOffs.list.queryOptions({ tab }, { refetchInterval: 3_000 }));
  const refresh = () => client.invalidateQueries(trpc.handOffs.list.pathFilter());
  const claim = useMutation(
    trpc.handOffs.claim.mutationOptions({
      onSuccess: () => toast.success(t("taken")),
      onError: (error) => toast.error(errorWords(error)),
      onSettled: refresh,
    }),
  );
  return (
    <Page className="max-w-[1000px]">
      <PageHeader title={t("title")} description={t("description")} />
      <ListTabs
        label={t("title")}
        names={tabs}
        value={tab}
        onValueChange={setTab}
        textOf={(name) => t(`tabs.${name}`)}
        counts={query.data?.counts}
        className="mt-4 mb-3"
      />
      {query.isError ? (
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()} />
      ) : null}
      {query.isPending ? <Loading /> : null}
      {query.data?.rows.length === 0 ? (
        <EmptyState icon={Headset} title={t("emptyTitle")}>
          {t(emptyBodies[tab])}
        </EmptyState>
      ) : null}
      <ul className="space-y-3">
        {query.data?.rows.map((row) => (
          <HandOffCard
            key={row.id}
            row={row}
            isBusy={claim.isPending && claim.variables.handOffId === row.id}
            onTake={() => claim.mutate({ handOffId: row.id })}
            onResolve={() => setResolving(row)}
          />
        ))}
      </ul>
      <ResolveDialog row={resolving} onClose={() => setResolving(null)} onDone={refresh} />
    </Page>
  );
}

function Loading() {
  return (
    <div aria-hidden className="space-y-3">
      {repeated(3, () => (
        <Skeleton className="h-32 w-full" />
      ))}
    </div>
  );
}
