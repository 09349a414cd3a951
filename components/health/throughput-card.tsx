"use client";

import { useFormatter, useTranslations } from "use-intl";
import { isLimitInSight, StackedArea } from "#components/ui/stacked-area.tsx";
import type { ChannelRow } from "#server/health/read-channels.ts";
import type { Throughput } from "#server/health/read-throughput.ts";
import { laneLook } from "./lane-look.ts";
import { rateDigits } from "./lanes-card.tsx";
import { Panel } from "./panel.tsx";

type ThroughputCardProps = { throughput: Throughput; channels: ChannelRow[] };

/** Messages per second of the last hour by lane, under the limit of the connected numbers. */
export function ThroughputCard({ throughput, channels }: ThroughputCardProps) {
  const t = useTranslations("health.throughput");
  const lanes = useTranslations("health.lanes");
  const format = useFormatter();
  const connected = channels.filter((channel) => channel.status === "connected");
  const limit = connected.reduce((sum, channel) => sum + channel.messagesPerSecond, 0);
  const at = (minutes: number) =>
    format.dateTime(new Date(throughput.from.getTime() + minutes * 60_000), {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  const number = (value: number) => format.number(value, rateDigits(value));
  const series = throughput.series.map(({ lane, perSecond }) => ({
    id: lane,
    values: perSecond,
    label: `${lanes(`names.${lane}`)} ${number(perSecond.at(-1) ?? 0)}`,
    className: laneLook[lane].className,
  }));
  const words = t("limit", { numbers: connected.length, limit: format.number(limit) });
  const isFar = limit > 0 && !isLimitInSight(series, limit);
  return (
    <Panel
      title={t("title")}
      help={{ about: t("about") }}
      aside={isFar ? t("noteAndLimit", { limit: words }) : t("note")}
    >
      <div className="px-4 pb-3">
        <StackedArea
          series={series}
          limit={limit > 0 ? { value: limit, label: words } : null}
          ticks={[at(0), at(20), at(40), at(60)]}
          formatValue={number}
          label={t("label", { series: series.map((each) => each.label).join(", ") })}
        />
      </div>
    </Panel>
  );
}
