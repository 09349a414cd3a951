"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleAlert, Users } from "lucide-react";
import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { ActFlow } from "#components/flow-acts/use-flow-acts.ts";
import { FlowBar, RunningChip } from "#components/flow-bar/flow-bar.tsx";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { MessageFigures } from "#components/message-figures/message-figures.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { saveFile } from "#components/ui/save-file.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Graph } from "#flow/graph.ts";
import type { Catalog } from "#flow/template.ts";
import { LiveActs } from "./live-acts.tsx";
import { LiveCanvas, triggersOf } from "./live-canvas.tsx";
import { csvOf, figureRows, liveFigures } from "./live-figures.ts";
import { LiveFilters } from "./live-filters.tsx";
import { type Live, refreshMs } from "./refresh.ts";
import { StepPanel } from "./step-panel.tsx";
import { useLiveFilter } from "./use-live-filter.ts";
import { useWalked } from "./use-walked.ts";

type LiveScreenProps = {
  flow: { id: string; name: string; status: ActFlow["status"]; version: { number: number; graph: Graph } };
  catalog: Catalog;
};

/** The flow as it runs: who waits, passed and left on each step, renewed while one looks. */
export function LiveScreen({ flow, catalog }: LiveScreenProps) {
  const t = useTranslations("flowLive");
  const trpc = useTRPC();
  const words = useStepWords();
  const address = useLiveFilter(flow.version.number);
  const numbers = useQuery(trpc.flows.versions.queryOptions({ flowId: flow.id }, { staleTime: 60_000 }));
  const versionId = numbers.data?.find(({ number }) => number === address.version)?.id ?? null;
  const language = address.language === "all" ? null : address.language === "none" ? "" : address.language;
  const shown = { flowId: flow.id, versionId, language };
  const live = useQuery(
    trpc.live.counts.queryOptions(
      { ...shown, days: address.days > 0 ? address.days : null },
      { refetchInterval: refreshMs, placeholderData: keepPreviousData, enabled: numbers.isSuccess },
    ),
  );
  const graph = useShownGraph(flow, address.version);
  const figures = useMemo(
    () => (live.data && graph ? liveFigures(graph, live.data, triggersOf(graph)) : null),
    [live.data, graph],
  );
  const walked = useWalked(graph, address.way);
  const step = graph?.nodes.find(({ id }) => id === address.step);
  const status = live.data?.status ?? flow.status;
  const peopleInside = live.data?.versions.reduce((sum, { people }) => sum + people, 0) ?? 0;
  const download = () => {
    if (!graph || !figures) return;
    const head = ["step", "title", "what", "detail", "people"].filter((name) => name !== "title");
    saveFile(`${flow.name}.csv`, csvOf([head, ...figureRows(graph, figures, words.title)]), "text/csv");
  };
  return (
    <div className="flex h-dvh min-h-0 flex-col overflow-hidden">
      <FlowBar
        flow={flow}
        current="live"
        hasVersion
        chips={
          <>
            <RunningChip status={status} number={flow.version.number} />
            <Freshness live={live.data} isStale={live.isError} />
          </>
        }
        actions={
          <LiveActs
            flow={{ id: flow.id, name: flow.name, status, peopleInside }}
            number={flow.version.number}
            before={numbers.data?.find(({ number }) => number < flow.version.number)?.number ?? null}
            onDownload={download}
          />
        }
      />
      <div className="flex min-h-0 flex-1">
        {live.data && graph && figures ? (
          <LiveCanvas
            {...{ graph, catalog, figures, walked }}
            chosen={step?.id ?? null}
            onChoose={(nodeId) => address.set({ step: nodeId, way: null })}
          >
            <div className="max-w-110 space-y-2">
              <LiveFilters address={address} live={live.data} />
              <Notes live={live.data} shownId={versionId} />
              <MessageFigures
                of={{ flowId: flow.id }}
                className="w-80 rounded-lg border border-border bg-surface px-3 py-2.5 max-[1280px]:hidden"
              />
            </div>
          </LiveCanvas>
        ) : live.isError || numbers.isError ? (
          <ErrorState
            className="m-6 flex-1"
            title={t("failed")}
            retryLabel={t("retry")}
            onRetry={() => void Promise.all([live.refetch(), numbers.refetch()])}
          />
        ) : (
          <Skeleton className="m-6 flex-1" />
        )}
        {step ? (
          <StepPanel
            key={step.id}
            step={step}
            figures={figures?.steps.get(step.id)}
            shown={shown}
            chosenWay={address.way}
            onWay={(way) => address.set({ way })}
            onClose={() => address.set({ step: null, way: null })}
          />
        ) : null}
      </div>
    </div>
  );
}

/** The graph of the version that is looked at: the running one is there already, and is what all versions are shown on. */
function useShownGraph(flow: LiveScreenProps["flow"], number: number): Graph | undefined {
  const trpc = useTRPC();
  const isOther = number !== 0 && number !== flow.version.number;
  const other = useQuery(
    trpc.flows.version.queryOptions(
      { flowId: flow.id, number },
      { enabled: isOther, staleTime: Number.POSITIVE_INFINITY, retry: false },
    ),
  );
  return isOther ? (other.data?.graph ?? (other.isError ? flow.version.graph : undefined)) : flow.version.graph;
}

function Freshness({ live, isStale }: { live: Live | undefined; isStale: boolean }) {
  const t = useTranslations("flowLive");
  const format = useFormatter();
  if (!live) return null;
  const at = format.dateTime(live.asOf, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (
    <span className="truncate text-secondary text-xs max-[1280px]:hidden">
      {isStale ? t("stale", { at }) : t("asOf", { at })}
    </span>
  );
}

/** People on their way to a new version, on older ones, or in steps this drawing does not have. */
function Notes({ live, shownId }: { live: Live; shownId: string | null }) {
  const t = useTranslations("flowLive");
  const format = useFormatter();
  const elsewhere = live.versions.filter(({ id, people }) => people > 0 && shownId !== null && id !== shownId);
  const count = elsewhere.reduce((sum, { people }) => sum + people, 0);
  return (
    <>
      {live.move ? (
        <Callout tone="info" icon={Users}>
          {t("moving", { moved: live.move.moved, exited: live.move.exited })}
        </Callout>
      ) : null}
      {live.scheduled ? (
        <Callout tone="info" icon={CircleAlert}>
          {t("scheduled", { at: format.dateTime(live.scheduled.at, { dateStyle: "medium", timeStyle: "short" }) })}
        </Callout>
      ) : null}
      {count > 0 ? (
        <Callout tone="neutral" icon={Users}>
          {t("elsewhere", { count, versions: elsewhere.map(({ number }) => `v${number}`).join(", ") })}
        </Callout>
      ) : null}
    </>
  );
}
