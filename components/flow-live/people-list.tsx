"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, Clock, Moon, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { cn } from "#components/ui/cn.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { useProductNow } from "#components/ui/product-time.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { GraphNode } from "#flow/graph.ts";
import { type LivePerson, refreshMs } from "./refresh.ts";
import type { Shown } from "./step-panel.tsx";
import { useLiveWords } from "./use-live-words.ts";

const pageRows = 20;

type PeopleListProps = {
  step: GraphNode;
  shown: Shown;
  chosenWay: string | null;
  onWay: (enrollmentId: string | null) => void;
};

/** Who stands on the step, who moves on first at the top. A click shows a person's way on the canvas. */
export function PeopleList({ step, shown, chosenWay, onWay }: PeopleListProps) {
  const t = useTranslations("flowLive.people");
  const trpc = useTRPC();
  const [search, setSearch] = useState("");
  const [from, setFrom] = useState(0);
  const wanted = useDeferredValue(search);
  const list = useQuery(
    trpc.live.people.queryOptions(
      { ...shown, nodeId: step.id, search: wanted, from },
      { refetchInterval: refreshMs * 2, placeholderData: keepPreviousData },
    ),
  );
  const people = list.data?.people ?? [];
  return (
    <section aria-label={t("label")}>
      <SearchInput
        className="mx-4"
        value={search}
        onValueChange={(text) => {
          setSearch(text);
          setFrom(0);
        }}
        placeholder={t("search")}
        clearLabel={t("clear")}
      />
      <div className="mt-2 flex justify-between border-border border-b px-4 py-1.5 text-secondary text-xs">
        <span>{t("person")}</span>
        <span>{t("movesOn")}</span>
      </div>
      {list.isError && !list.data ? (
        <ErrorState className="m-4" title={t("failed")} retryLabel={t("retry")} onRetry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? (
        <div className="space-y-2 p-4">
          <Skeleton className="h-9" />
          <Skeleton className="h-9" />
          <Skeleton className="h-9" />
        </div>
      ) : null}
      {list.data && people.length === 0 ? <p className="px-4 py-4 text-secondary text-sm">{t("none")}</p> : null}
      <ul>
        {people.map((person) => (
          <PersonRow
            key={person.enrollmentId}
            person={person}
            stepType={step.type}
            flowId={shown.flowId}
            isChosen={person.enrollmentId === chosenWay}
            onChoose={() => onWay(person.enrollmentId === chosenWay ? null : person.enrollmentId)}
          />
        ))}
      </ul>
      {from > 0 || list.data?.hasMore ? (
        <div className="flex items-center justify-between px-4 py-2 text-secondary text-xs">
          <span>{t("page", { from: from + 1, to: from + people.length })}</span>
          <span className="flex gap-1">
            <IconButton
              icon={ChevronLeft}
              label={t("before")}
              size="dense"
              disabled={from === 0}
              onClick={() => setFrom(Math.max(0, from - pageRows))}
            />
            <IconButton
              icon={ChevronRight}
              label={t("next")}
              size="dense"
              disabled={!list.data?.hasMore}
              onClick={() => setFrom(from + pageRows)}
            />
          </span>
        </div>
      ) : null}
    </section>
  );
}

type PersonRowProps = {
  person: LivePerson;
  stepType: string;
  flowId: string;
  isChosen: boolean;
  onChoose: () => void;
};

function PersonRow({ person, stepType, flowId, isChosen, onChoose }: PersonRowProps) {
  const t = useTranslations("flowLive.people");
  const words = useLiveWords();
  const Icon = reasonIcon(person.reason);
  return (
    <li
      className={cn("group/person relative border-border border-b", isChosen ? "bg-accent-tint" : "hover:bg-hover")}
      data-testid="live-person"
    >
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={onChoose}
        className="grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-4 py-2 text-left"
      >
        <span className="truncate font-medium text-sm">{person.name ?? t("noName")}</span>
        <span className="tabular text-right text-sm">
          <MovesOn person={person} />
        </span>
        <span className="flex min-w-0 items-center gap-1.5 text-secondary text-xs">
          <Icon aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate">{words.waitReason(person.reason, stepType)}</span>
        </span>
        <span className="tabular text-right text-secondary text-xs group-focus-within/person:invisible group-hover/person:invisible">
          {person.phone ?? ""}
        </span>
      </button>
      <Link
        href={`/contacts/${person.contactId}/why?flow=${flowId}`}
        className="absolute right-4 bottom-2 font-medium text-accent text-xs opacity-0 hover:underline focus-visible:opacity-100 group-focus-within/person:opacity-100 group-hover/person:opacity-100"
      >
        {t("why")}
      </Link>
    </li>
  );
}

const reasonIcon = (reason: string) => {
  if (reason === "quiet-hours" || reason === "sending-hours") return Moon;
  return reason === "step" || reason === "due" ? Clock : TriangleAlert;
};

/** A time of today, else how long it still takes. */
function MovesOn({ person: { movesOnAt } }: { person: LivePerson }) {
  const t = useTranslations("flowLive.people");
  const words = useLiveWords();
  const format = useFormatter();
  const now = useProductNow();
  if (movesOnAt === null) return t("noTime");
  const exact = format.dateTime(movesOnAt, { dateStyle: "medium", timeStyle: "short" });
  const seconds = now ? (movesOnAt.getTime() - now.getTime()) / 1000 : null;
  if (seconds === null) return exact;
  return <span title={exact}>{seconds <= 0 ? t("now") : t("left", { span: words.span(seconds) })}</span>;
}
