"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { useTranslations } from "use-intl";
import { FlowDiff } from "#components/flow-diff/flow-diff.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { ComparePicker } from "./compare-picker.tsx";
import { draftKey, type FlowVersion } from "./flow-version.ts";
import { RestoreButton } from "./restore-button.tsx";
import { VersionNote } from "./version-note.tsx";

type FlowHistoryProps = {
  flow: {
    id: string;
    name: string;
    status: string;
    revision: number;
    draft: Graph;
    updatedAt: Date;
    updatedBy: string;
  };
  versions: FlowVersion[];
  catalog: Catalog;
};

/** What was live and what is drawn: any two compared, and a way back. Which two stands in the address. */
export function FlowHistoryScreen({ flow, versions, catalog }: FlowHistoryProps) {
  const t = useTranslations("flowHistory");
  const [address, setAddress] = useQueryStates({ from: parseAsString, to: parseAsString });
  const newest = versions[0];
  const isKnown = (key: string | null) => key === draftKey || versions.some(({ number }) => String(number) === key);
  const from = isKnown(address.from) ? (address.from ?? "") : String(newest?.number ?? draftKey);
  const to = isKnown(address.to) ? (address.to ?? "") : draftKey;
  const before = useGraph(flow, from);
  const after = useGraph(flow, to);
  const chosen = versions.find(({ number }) => String(number) === from);
  const shown = versions.find(({ number }) => String(number) === to);
  if (!newest) return <p className="p-6 text-secondary text-sm">{t("none")}</p>;
  if (before.isError || after.isError)
    return (
      <ErrorState
        className="m-6"
        title={t("failed")}
        retryLabel={t("retry")}
        onRetry={() => void Promise.all([before.refetch(), after.refetch()])}
      />
    );
  if (!before.data || !after.data) return <Skeleton className="m-6 h-[480px]" />;
  return (
    <FlowDiff
      key={`${from} ${to}`}
      className="min-h-0 flex-1"
      before={before.data}
      after={after.data}
      catalog={catalog}
      emptyText={t("same")}
      head={
        <div className="border-border border-b px-4 py-3">
          <ComparePicker {...{ flow, versions, from, to }} onChange={setAddress} />
          {shown ? <VersionNote version={shown} /> : chosen ? <VersionNote version={chosen} /> : null}
        </div>
      }
      foot={chosen ? <RestoreButton flow={flow} number={chosen.number} /> : null}
    />
  );
}

/** The draft is there already; a version's graph never changes and is read once. */
function useGraph(flow: FlowHistoryProps["flow"], key: string) {
  const trpc = useTRPC();
  const isDraft = key === draftKey;
  const version = useQuery(
    trpc.flows.version.queryOptions(
      { flowId: flow.id, number: Number(key) },
      { enabled: !isDraft, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  return isDraft ? { ...version, isError: false, data: flow.draft } : { ...version, data: version.data?.graph };
}
