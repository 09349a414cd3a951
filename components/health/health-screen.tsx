"use client";

import { useQuery } from "@tanstack/react-query";
import { CirclePause } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Callout } from "#components/ui/callout.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Board } from "#server/health/read-board.ts";
import { BoardHeader } from "./board-header.tsx";
import { ChannelsCard } from "./channels-card.tsx";
import { DatabaseCard } from "./database-card.tsx";
import { DeadLettersCard } from "./dead-letters-card.tsx";
import { LanesCard } from "./lanes-card.tsx";
import { LeftOversCard } from "./left-overs-card.tsx";
import { ThroughputCard } from "./throughput-card.tsx";
import { UnknownsCard } from "./unknowns-card.tsx";
import { WorkersCard } from "./workers-card.tsx";

const everyMs = 3_000;

/** How the engine is, read every three seconds while somebody looks: a hidden tab asks nothing. */
export function HealthScreen() {
  const t = useTranslations("health");
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const { data, isPending, isError, error, refetch, dataUpdatedAt } = useQuery(
    trpc.health.board.queryOptions(undefined, { refetchInterval: everyMs, retry: false }),
  );
  if (data) {
    return (
      <Page className="max-w-[1440px]">
        <BoardHeader board={data} readAt={new Date(dataUpdatedAt)} isStale={isError} />
        <Cards board={data} />
      </Page>
    );
  }
  return (
    <Page className="max-w-[1440px]">
      <PageHeader title={t("title")} description={isPending ? t("loading") : undefined} />
      {isPending ? (
        <Loading />
      ) : (
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => refetch()} className="mt-4">
          {errorWords(error)}
        </ErrorState>
      )}
    </Page>
  );
}

function Cards({ board }: { board: Board }) {
  const perSecond = board.lanes.reduce((sum, lane) => sum + lane.perSecond, 0);
  const { installation } = board;
  return (
    <div className="mt-4 space-y-3">
      {board.hold ? <HeldNote hold={board.hold} /> : null}
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1.62fr)_minmax(0,1fr)]">
        <LanesCard lanes={board.lanes} />
        <ThroughputCard throughput={board.throughput} channels={board.channels} />
      </div>
      <div className={installation ? "grid gap-3 xl:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)]" : "grid gap-3"}>
        {installation ? <WorkersCard workers={installation.workers} /> : null}
        <UnknownsCard unknowns={board.unknowns} />
      </div>
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1.62fr)_minmax(0,1fr)]">
        <div className="min-w-0 space-y-3">
          <DeadLettersCard deadLetters={board.deadLetters} />
          <LeftOversCard leftOvers={board.leftOvers} />
        </div>
        <div className="grid min-w-0 items-start gap-3 lg:grid-cols-2 xl:grid-cols-1">
          <ChannelsCard channels={board.channels} perSecond={perSecond} />
          {installation ? <DatabaseCard database={installation.database} /> : null}
        </div>
      </div>
    </div>
  );
}

function HeldNote({ hold }: { hold: NonNullable<Board["hold"]> }) {
  const t = useTranslations("health.hold");
  const format = useFormatter();
  const since = format.dateTime(hold.since, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (
    <Callout tone="danger" icon={CirclePause} title={t("noteTitle")}>
      {hold.byName ? t("noteBy", { name: hold.byName, since }) : t("note", { since })}
    </Callout>
  );
}

/** As high as what will stand there. */
const placeHolders = [
  ["lanes", "h-60"],
  ["throughput", "h-60"],
  ["workers", "h-56"],
  ["unknowns", "h-56"],
  ["letters", "h-64"],
  ["channels", "h-64"],
] as const;

function Loading() {
  return (
    <div aria-hidden className="mt-4 grid gap-3 xl:grid-cols-[minmax(0,1.62fr)_minmax(0,1fr)]">
      {placeHolders.map(([key, height]) => (
        <Skeleton key={key} className={`${height} w-full rounded-lg`} />
      ))}
    </div>
  );
}
