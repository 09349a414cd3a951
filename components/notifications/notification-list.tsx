"use client";

import Link from "next/link";
import { type KeyboardEvent, useId } from "react";
import { useFormatter, useTimeZone, useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import { useProductNow } from "#components/ui/product-time.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { type Day, groupByDay } from "./group-by-day.ts";
import { kindIcons, toneClasses } from "./kind-icons.ts";
import type { NotificationRow } from "./use-notifications.ts";

type ListProps = { rows: NotificationRow[]; onOpen: (row: NotificationRow) => void; isRoomy?: boolean };

/** By day, newest first. Each is a link to what it is about; the arrow keys go from one to the next. */
export function NotificationList({ rows, onOpen, isRoomy = false }: ListProps) {
  const now = useProductNow();
  const timeZone = useTimeZone() ?? "UTC";
  if (!now) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are the links' own; they only share the place that hears them
    <div onKeyDown={walk}>
      {groupByDay(rows, { now, timeZone }).map(({ day, rows: own }) => (
        <DayGroup key={String(day)} day={day} rows={own} onOpen={onOpen} isRoomy={isRoomy} />
      ))}
    </div>
  );
}

function DayGroup({ day, rows, onOpen, isRoomy }: ListProps & { day: Day }) {
  const t = useTranslations("notifications");
  const format = useFormatter();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3
        id={id}
        className={cn(
          "border-border border-b bg-sunken/60 py-1 font-medium text-secondary text-xs",
          isRoomy ? "px-4" : "px-3",
        )}
      >
        {day instanceof Date ? format.dateTime(day, { weekday: "long", day: "numeric", month: "long" }) : t(day)}
      </h3>
      <ul className="divide-y divide-border border-border border-b">
        {rows.map((row) => (
          <li key={row.id}>
            <Item row={row} onOpen={() => onOpen(row)} isRoomy={isRoomy} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Item({ row, onOpen, isRoomy }: { row: NotificationRow; onOpen: () => void; isRoomy?: boolean }) {
  const t = useTranslations("notifications");
  const { icon: Icon, tone } = kindIcons[row.kind];
  const words = row.values.why ?? row.values.reason ?? row.values.text;
  return (
    <Link
      href={row.path}
      onClick={onOpen}
      data-notification
      className={cn(
        "flex items-start gap-3 py-2.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2",
        isRoomy ? "px-4" : "px-3",
      )}
    >
      <span className={cn("mt-0.5 grid size-7 shrink-0 place-items-center rounded-md", toneClasses[tone])}>
        <Icon aria-hidden className="size-4" strokeWidth={1.75} />
      </span>
      <span className="min-w-0 flex-1">
        <span className={cn("block text-sm [overflow-wrap:anywhere]", row.readAt ? "text-secondary" : "font-medium")}>
          {t(`kinds.${row.kind}.told`, { ...row.values, person: row.person ?? t("somebody") })}
        </span>
        {words ? <span className="mt-0.5 line-clamp-2 text-secondary text-xs">{t("quote", { words })}</span> : null}
        <RelativeTime date={row.at} className="mt-0.5 block text-tertiary text-xs" />
      </span>
      {row.readAt ? null : (
        <span role="img" aria-label={t("unread")} className="mt-1.5 size-2 shrink-0 rounded-full bg-accent" />
      )}
    </Link>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links: (Element | null)[] = [...event.currentTarget.querySelectorAll("[data-notification]")];
  const here = links.indexOf(document.activeElement);
  const next = links[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}
