"use client";

import { CircleAlert, CircleCheck, CirclePause, TriangleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { Meter } from "#components/ui/meter.tsx";
import { Sparkline } from "#components/ui/sparkline.tsx";
import { TableRow } from "#components/ui/table.tsx";
import type { Lane, LaneState } from "#server/health/read-lanes.ts";
import { laneLook } from "./lane-look.ts";
import { Panel, PanelCell, PanelTable } from "./panel.tsx";
import { StateWords } from "./state-words.tsx";
import { useSpanWords } from "./use-span-words.ts";

const looks = {
  "on-time": { tone: "success", icon: CircleCheck },
  near: { tone: "warning", icon: TriangleAlert },
  late: { tone: "danger", icon: CircleAlert },
  held: { tone: "danger", icon: CirclePause },
} as const satisfies Record<LaneState, object>;

/** What waits in each lane, and whether the lane keeps its promise. */
export function LanesCard({ lanes }: { lanes: Lane[] }) {
  const t = useTranslations("health.lanes");
  const columns = ["lane", "waiting", "oldest", "slowest", "rate", "backlog", "state"] as const;
  const numbers = ["waiting", "oldest", "rate"];
  const head = columns.map((name) => ({
    label: t(`columns.${name}`),
    isNumber: numbers.includes(name),
    isHidden: name === "state",
  }));
  const help = { terms: columns.map((name) => ({ term: t(`columns.${name}`), text: t(`help.${name}`) })) };
  return (
    <Panel title={t("title")} help={help} aside={t("note")}>
      <PanelTable caption={t("caption")} head={head}>
        {lanes.map((lane) => (
          <LaneRow key={lane.name} lane={lane} />
        ))}
      </PanelTable>
    </Panel>
  );
}

function LaneRow({ lane }: { lane: Lane }) {
  const t = useTranslations("health.lanes");
  const format = useFormatter();
  const span = useSpanWords();
  const { icon: Icon, className } = laneLook[lane.name];
  const { tone, icon } = looks[lane.state];
  const worst = lane.slowestMs;
  const most = Math.max(...lane.backlog, lane.waiting);
  return (
    <TableRow className="h-10">
      <PanelCell>
        <span className="flex items-center gap-2.5 font-medium">
          <span className={cn("grid size-6 place-items-center rounded-sm bg-sunken", className)}>
            <Icon aria-hidden className="size-3.5" />
          </span>
          {t(`names.${lane.name}`)}
        </span>
      </PanelCell>
      <PanelCell isNumber className="font-semibold">
        {format.number(lane.waiting)}
      </PanelCell>
      <PanelCell isNumber>
        {lane.oldestMs === null ? <span className="text-secondary">{t("noneWaiting")}</span> : span(lane.oldestMs)}
      </PanelCell>
      <PanelCell>
        <span className="flex items-center gap-2">
          <Meter
            share={(worst ?? 0) / lane.promiseMs}
            label={t("slowestLabel", { lane: t(`names.${lane.name}`) })}
            tone={lane.state === "late" ? "danger" : lane.state === "near" ? "warning" : "neutral"}
            className="w-16 shrink-0"
          />
          <span className="tabular text-secondary text-xs">
            {worst === null
              ? t("promise", { promise: span(lane.promiseMs) })
              : t("ofPromise", { time: span(worst), promise: span(lane.promiseMs) })}
          </span>
        </span>
      </PanelCell>
      <PanelCell isNumber>
        {t("perSecond", { rate: format.number(lane.perSecond, rateDigits(lane.perSecond)) })}
      </PanelCell>
      <PanelCell>
        <Sparkline
          least={20}
          values={lane.backlog}
          label={t("backlogLabel", { now: lane.waiting, most })}
          className={className}
        />
      </PanelCell>
      <PanelCell>
        <StateWords tone={tone} icon={icon}>
          {t(`states.${lane.state}`)}
        </StateWords>
      </PanelCell>
    </TableRow>
  );
}

/** A few messages a minute are more than nothing. */
export const rateDigits = (rate: number) => ({ maximumFractionDigits: rate > 0 && rate < 9.95 ? 1 : 0 });
