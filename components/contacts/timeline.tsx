"use client";

import { CornerDownLeft, FileCheck, Headset, type LucideIcon, Send, Zap } from "lucide-react";
import { useTranslations } from "use-intl";
import { MessageStatusChip } from "#components/phone/message-status-chip.tsx";
import { Card, CardBody, CardHeader, CardTitle } from "#components/ui/card.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ContactDetail } from "./contact-frame.tsx";

type Item = ContactDetail["timeline"][number];

/** Events, messages, hand-offs and documents in one order, newest first. */
export function Timeline({ items }: { items: Item[] }) {
  const t = useTranslations("contacts");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("timeline")}</CardTitle>
      </CardHeader>
      <CardBody>
        {items.length === 0 ? <p className="text-secondary text-sm">{t("emptyTimeline")}</p> : null}
        <ol>
          {items.map((item) => (
            <TimelineItem key={`${item.kind}${item.id}`} item={item} />
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

function TimelineItem({ item }: { item: Item }) {
  const t = useTranslations("contacts");
  const reasons = useTranslations("reasons");
  const { icon: Icon, ink } = lookOf(item);
  return (
    <li className="relative flex gap-3 pb-4 last:pb-0 not-last:before:absolute not-last:before:top-7 not-last:before:bottom-0 not-last:before:left-[13px] not-last:before:w-px not-last:before:bg-border">
      <span className={`grid size-7 shrink-0 place-items-center rounded-md ${ink}`}>
        <Icon aria-hidden className="size-4" />
      </span>
      <div className="min-w-0 flex-1 text-sm">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="font-medium">{titleOf(item, t)}</span>
          {item.kind === "message" ? <MessageStatusChip status={item.status} /> : null}
          <RelativeTime date={item.at} className="ml-auto text-secondary text-xs" />
        </div>
        {item.kind === "message" ? (
          <p className="line-clamp-2 text-secondary">{item.content?.body ?? item.template}</p>
        ) : null}
        {item.kind === "message" && item.reason ? (
          <p className="text-warning text-xs">{reasons.has(item.reason) ? reasons(item.reason) : item.reason}</p>
        ) : null}
        {item.kind === "event" && Object.keys(item.properties).length > 0 ? (
          <p className="truncate font-mono text-tertiary text-xs">{JSON.stringify(item.properties)}</p>
        ) : null}
      </div>
    </li>
  );
}

function lookOf(item: Item): { icon: LucideIcon; ink: string } {
  switch (item.kind) {
    case "event":
      return { icon: Zap, ink: "bg-trigger-tint text-trigger" };
    case "hand-off":
      return { icon: Headset, ink: "bg-people-tint text-people" };
    case "upload":
      return { icon: FileCheck, ink: "bg-integration-tint text-integration" };
    case "message":
      return item.direction === "inbound"
        ? { icon: CornerDownLeft, ink: "bg-accent-tint text-accent" }
        : { icon: Send, ink: "bg-message-tint text-message" };
  }
}

function titleOf(item: Item, t: ReturnType<typeof useTranslations<"contacts">>): string {
  switch (item.kind) {
    case "event":
      return t("event", { name: item.name });
    case "hand-off":
      return t("handOffTo", { queue: item.queue });
    case "upload":
      return t("uploaded", { name: item.fileName });
    case "message":
      return t(item.direction === "inbound" ? "inbound" : "outbound");
  }
}
