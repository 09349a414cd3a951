"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { ExperimentNote } from "#components/experiment-words/experiment-note.tsx";
import { StepIcon } from "#components/flow-canvas/step-icon.tsx";
import { assigningOf } from "#components/flow-words/step-handles.ts";
import { useStepWords } from "#components/flow-words/use-step-words.ts";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { GraphNode } from "#flow/graph.ts";
import type { StepFigures } from "./live-figures.ts";
import { PeopleList } from "./people-list.tsx";
import { refreshMs } from "./refresh.ts";
import { useLiveWords } from "./use-live-words.ts";

export type Shown = { flowId: string; versionId: string | null; language: string | null };

type StepPanelProps = {
  step: GraphNode;
  figures: StepFigures | undefined;
  shown: Shown;
  chosenWay: string | null;
  onWay: (enrollmentId: string | null) => void;
  onClose: () => void;
};

/** One step: its figures, why people wait there, and who they are. */
export function StepPanel({ step, figures, shown, chosenWay, onWay, onClose }: StepPanelProps) {
  const t = useTranslations("flowLive.panel");
  const common = useTranslations("common");
  const words = useStepWords();
  const format = useFormatter();
  const trpc = useTRPC();
  const { can } = useSession();
  const facts = useQuery(
    trpc.live.step.queryOptions(
      { ...shown, nodeId: step.id },
      { refetchInterval: refreshMs, placeholderData: keepPreviousData },
    ),
  );
  const waiting = facts.data?.waiting ?? figures?.waiting ?? 0;
  return (
    <aside
      aria-label={t("label", { step: words.title(step) })}
      className="flex w-85 shrink-0 flex-col border-border border-l bg-surface max-[1100px]:w-75"
      data-testid="step-panel"
    >
      <header className="flex items-center gap-2.5 border-border border-b py-3 pr-3 pl-4">
        <StepIcon type={step.type} />
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold text-base" title={words.title(step)}>
            {words.title(step)}
          </h2>
          <p className="text-secondary text-xs">{t("standing", { count: waiting })}</p>
        </div>
        <IconButton icon={X} label={common("close")} size="dense" onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <dl className="grid grid-cols-3 divide-x divide-border px-4 py-3">
          <Figure name={t("waiting")} value={format.number(waiting)} />
          <Figure name={t("passed")} value={format.number(figures?.passed ?? 0)} />
          <Figure name={t("stay")} value={<Stay seconds={facts.data?.medianStaySeconds ?? null} />} />
        </dl>
        <Experiment step={step} flowId={shown.flowId} />
        <div className="space-y-3 px-4 pb-3">
          {facts.isError && !facts.data ? (
            <ErrorState title={t("failed")} retryLabel={t("retry")} onRetry={() => void facts.refetch()} />
          ) : facts.data ? (
            <Reasons reasons={facts.data.reasons} waiting={waiting} lastDay={facts.data.lastDay} step={step} />
          ) : (
            <Skeleton className="h-20" />
          )}
          <Ends figures={figures} />
          <Troubles figures={figures} />
        </div>
        {waiting > 0 ? (
          can("see-contacts") ? (
            <PeopleList {...{ step, shown, chosenWay, onWay }} />
          ) : (
            <p className="px-4 pb-4 text-secondary text-sm">{t("mayNotSee")}</p>
          )
        ) : null}
      </div>
    </aside>
  );
}

/** What a split has found out so far. */
function Experiment({ step, flowId }: { step: GraphNode; flowId: string }) {
  const assigning = assigningOf(step);
  if (!assigning) return null;
  return (
    <div className="px-4 pb-3">
      <ExperimentNote flowId={flowId} experimentKey={assigning.key} />
    </div>
  );
}

function Figure({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col-reverse justify-end px-3 first:pl-0 last:pr-0">
      <dt className="text-secondary text-xs">{name}</dt>
      <dd className="tabular truncate font-semibold text-h2">{value}</dd>
    </div>
  );
}

function Stay({ seconds }: { seconds: number | null }) {
  const words = useLiveWords();
  const t = useTranslations("flowLive.panel");
  return seconds === null ? (
    <span title={t("noStay")}>–</span>
  ) : (
    <span title={t("stayHelp")}>{words.stay(seconds)}</span>
  );
}

const inks = ["bg-accent", "bg-warning", "bg-tertiary", "bg-info", "bg-danger"] as const;

type ReasonsProps = {
  reasons: { reason: string; n: number }[];
  waiting: number;
  lastDay: string | null;
  step: GraphNode;
};

/** A bar and a list that add up to those who wait. */
function Reasons({ reasons, waiting, lastDay, step }: ReasonsProps) {
  const t = useTranslations("flowLive.panel");
  const words = useLiveWords();
  const format = useFormatter();
  if (waiting === 0)
    return (
      <p className="rounded-lg bg-sunken px-3 py-2.5 text-secondary text-sm">
        {lastDay ? t("nobodySince", { day: words.day(lastDay) }) : t("nobody")}
      </p>
    );
  return (
    <section className="rounded-lg bg-sunken px-3 py-2.5">
      <h3 className="text-secondary text-xs">{t("why")}</h3>
      <div aria-hidden className="mt-2 flex h-2 gap-px overflow-hidden rounded-full">
        {reasons.map(({ reason, n }, index) => (
          <span key={reason} className={inks[index % inks.length]} style={{ flexGrow: n, minWidth: 4 }} />
        ))}
      </div>
      <ul className="mt-2 space-y-1">
        {reasons.map(({ reason, n }, index) => (
          <li key={reason} className="flex items-center gap-2 text-sm" data-testid="why-waiting" data-n={n}>
            <span aria-hidden className={`size-2 shrink-0 rounded-xs ${inks[index % inks.length]}`} />
            <span className="min-w-0 flex-1 truncate" title={words.longReason(reason)}>
              {words.waitReason(reason, step.type)}
            </span>
            <span className="tabular font-semibold">{format.number(n)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Why people's way ended here, and who left it by an earlier message or another version. */
function Ends({ figures }: { figures: StepFigures | undefined }) {
  const t = useTranslations("flowLive.panel");
  const words = useLiveWords();
  const rows = [
    ...(figures?.ends ?? []).map(({ reason, n }) => ({ key: reason, text: words.end(reason), n })),
    ...(["drawn", "movedIn", "movedOut"] as const).flatMap((key) => {
      const n = figures?.[key] ?? 0;
      return n > 0 ? [{ key, text: t(key), n }] : [];
    }),
  ];
  return rows.length === 0 ? null : <Table title={t("ended")} rows={rows} />;
}

/** Messages of the step that did not arrive. */
function Troubles({ figures }: { figures: StepFigures | undefined }) {
  const t = useTranslations("flowLive.panel");
  const words = useLiveWords();
  const troubles = figures?.troubles ?? [];
  if (troubles.length === 0) return null;
  const rows = troubles.map(({ status, reason, n }) => ({
    key: `${status} ${reason}`,
    text: t(`trouble.${status}`, { reason: words.longReason(reason) }),
    n,
  }));
  return <Table title={t("notArrived")} rows={rows} />;
}

function Table({ title, rows }: { title: string; rows: { key: string; text: string; n: number }[] }) {
  const format = useFormatter();
  return (
    <section>
      <h3 className="text-secondary text-xs">{title}</h3>
      <ul className="mt-1 divide-y divide-border">
        {rows.map(({ key, text, n }) => (
          <li key={key} className="flex gap-3 py-1 text-sm">
            <span className="min-w-0 flex-1">{text}</span>
            <span className="tabular font-semibold">{format.number(n)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
