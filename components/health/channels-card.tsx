"use client";

import { CircleCheck, CirclePause, Hourglass, Unplug } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { Meter } from "#components/ui/meter.tsx";
import type { ChannelRow } from "#server/health/read-channels.ts";
import { Panel } from "./panel.tsx";
import { StateWords } from "./state-words.tsx";

type ChannelsCardProps = { channels: ChannelRow[] /** Over all lanes. */; perSecond: number };

const terms = ["perSecond", "people", "state"] as const;

/** Each number: how near it is to what its provider allows. */
export function ChannelsCard({ channels, perSecond }: ChannelsCardProps) {
  const t = useTranslations("health.channels");
  return (
    <Panel title={t("title")} help={{ terms: terms.map((name) => ({ term: t(name), text: t(`help.${name}`) })) }}>
      {channels.length === 0 ? (
        <p className="flex flex-1 items-center justify-center gap-2 border-border border-t px-4 py-8 text-secondary text-sm">
          <Unplug aria-hidden className="size-4" />
          {t("none")}
        </p>
      ) : (
        <ul className="divide-y divide-border border-border border-t">
          {channels.map((channel) => (
            <ChannelLine key={channel.id} channel={channel} perSecond={channel.isSending ? perSecond : 0} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ChannelLine({ channel, perSecond }: { channel: ChannelRow; perSecond: number }) {
  const t = useTranslations("health.channels");
  const format = useFormatter();
  const compact = (value: number) => format.number(value, { notation: value >= 10_000 ? "compact" : "standard" });
  return (
    <li className="px-4 py-2.5">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="tabular font-semibold text-sm">{channel.phone}</p>
          <p className="truncate text-secondary text-xs">
            {[channel.name, t(`providers.${channel.provider}`)].join(" · ")}
          </p>
        </div>
        <ChannelState channel={channel} />
      </div>
      {channel.status === "paused" && channel.statusReason ? (
        <p className="mt-1 line-clamp-2 text-danger text-xs">{channel.statusReason}</p>
      ) : null}
      <div className="mt-1.5 grid gap-x-5 gap-y-1.5 sm:grid-cols-2">
        <Used
          label={t("perSecond")}
          share={perSecond / Math.max(1, channel.messagesPerSecond)}
          used={format.number(Math.round(perSecond))}
          limit={format.number(channel.messagesPerSecond)}
        />
        {channel.peopleUsed !== null ? (
          <Used
            label={t("people")}
            share={channel.peoplePerDay ? channel.peopleUsed / channel.peoplePerDay : 0}
            used={format.number(channel.peopleUsed)}
            limit={channel.peoplePerDay ? compact(channel.peoplePerDay) : t("unlimited")}
          />
        ) : (
          <div className="text-xs">
            <p className="flex justify-between gap-2 text-secondary">
              {t("people")} <span className="text-tertiary">{t("notKnown")}</span>
            </p>
          </div>
        )}
      </div>
    </li>
  );
}

type UsedProps = { label: string; share: number; used: string; limit: string };

function Used({ label, share, used, limit }: UsedProps) {
  const isNear = share >= 0.85;
  return (
    <div className="text-xs">
      <p className="flex justify-between gap-2 text-secondary">
        {label}
        <span className="tabular whitespace-nowrap">
          <span className={cn("font-medium", isNear ? "text-warning" : "text-ink")}>{used}</span> / {limit}
        </span>
      </p>
      <Meter share={share} label={label} tone={isNear ? "warning" : "neutral"} className="mt-1" />
    </div>
  );
}

function ChannelState({ channel }: { channel: ChannelRow }) {
  const t = useTranslations("health.channels");
  const format = useFormatter();
  if (channel.status === "paused") {
    return (
      <StateWords tone="danger" icon={CirclePause} className="text-xs">
        {t("paused")}
      </StateWords>
    );
  }
  if (channel.restUntil) {
    const until = format.dateTime(channel.restUntil, {
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    return (
      <StateWords tone="warning" icon={Hourglass} className="text-xs">
        {t("resting", { until })}
      </StateWords>
    );
  }
  return (
    <StateWords tone="success" icon={CircleCheck} className="text-xs">
      {t("connected")}
    </StateWords>
  );
}
