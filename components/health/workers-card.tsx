"use client";

import { CircleAlert, CircleCheck, CirclePause, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { Meter } from "#components/ui/meter.tsx";
import { TableRow } from "#components/ui/table.tsx";
import type { WorkerRow } from "#server/health/read-workers.ts";
import { Panel, PanelCell, PanelTable } from "./panel.tsx";
import { StateWords } from "./state-words.tsx";
import { useSpanWords } from "./use-span-words.ts";

const leaseMs = 30_000;
const columns = ["worker", "lease", "claimed", "enrollments", "memory", "state"] as const;
const numbers = ["claimed", "enrollments", "memory"];

/** Each worker with what is left of its lease and what it does; lost ones with their heir. */
export function WorkersCard({ workers }: { workers: WorkerRow[] }) {
  const t = useTranslations("health.workers");
  const head = columns.map((name) => ({ label: t(`columns.${name}`), isNumber: numbers.includes(name) }));
  const help = { terms: columns.map((name) => ({ term: t(`columns.${name}`), text: t(`help.${name}`) })) };
  return (
    <Panel title={t("title")} help={help} aside={t("note", { seconds: leaseMs / 1000 })}>
      {workers.length === 0 ? (
        <p className="flex flex-1 items-center justify-center gap-2 border-border border-t px-4 py-8 font-medium text-danger text-sm">
          <CircleAlert aria-hidden className="size-4 shrink-0" />
          {t("none")}
        </p>
      ) : (
        <PanelTable caption={t("caption")} head={head}>
          {workers.map((worker) => (
            <WorkerLine key={worker.id} worker={worker} />
          ))}
        </PanelTable>
      )}
    </Panel>
  );
}

function WorkerLine({ worker }: { worker: WorkerRow }) {
  const t = useTranslations("health.workers");
  const format = useFormatter();
  const span = useSpanWords();
  const isOver = worker.state === "lost" || worker.leaseLeftMs <= 0;
  const none = <span className="text-tertiary">–</span>;
  return (
    <TableRow className="h-[37px]">
      <PanelCell>
        <span className="font-mono text-xs">
          <span className="font-medium">{worker.name}</span> <span className="text-secondary">{worker.host}</span>
        </span>
      </PanelCell>
      <PanelCell>
        <span className="flex items-center gap-2">
          <Meter
            share={isOver ? 0 : worker.leaseLeftMs / leaseMs}
            label={t("leaseLabel", { name: worker.name })}
            className="w-14 shrink-0"
          />
          <span className={isOver ? "text-warning text-xs" : "tabular text-secondary text-xs"}>
            {isOver ? t("expired") : span(Math.round(worker.leaseLeftMs / 1000) * 1000)}
          </span>
        </span>
      </PanelCell>
      <PanelCell isNumber>{format.number(isOver ? 0 : worker.claimed)}</PanelCell>
      <PanelCell isNumber>{isOver ? none : t("perSecond", { rate: worker.enrollmentsPerSecond })}</PanelCell>
      <PanelCell isNumber>
        {isOver || worker.memoryBytes === 0
          ? none
          : t("megabytes", { amount: Math.round(worker.memoryBytes / 2 ** 20) })}
      </PanelCell>
      <PanelCell>
        <WorkerState worker={worker} isOver={isOver} />
      </PanelCell>
    </TableRow>
  );
}

function WorkerState({ worker, isOver }: { worker: WorkerRow; isOver: boolean }) {
  const t = useTranslations("health.workers");
  if (isOver) {
    return (
      <StateWords tone="warning" icon={TriangleAlert}>
        {worker.takenOverByName ? t("takenOver", { name: worker.takenOverByName }) : t("lost")}
      </StateWords>
    );
  }
  return worker.state === "stopping" ? (
    <StateWords tone="neutral" icon={CirclePause}>
      {t("stopping")}
    </StateWords>
  ) : (
    <StateWords tone="success" icon={CircleCheck}>
      {t("working")}
    </StateWords>
  );
}
