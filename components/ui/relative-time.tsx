"use client";

import { useFormatter } from "use-intl";
import { useProductNow } from "./product-time.tsx";

type RelativeTimeProps = { date: Date; className?: string };

const dayMs = 86_400_000;

/** "2 min ago" within a day, "yesterday", then the date; the whole moment on hover. In the workspace's zone. */
export function RelativeTime({ date, className }: RelativeTimeProps) {
  const format = useFormatter();
  const now = useProductNow();
  const exact = format.dateTime(date, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (
    <time dateTime={date.toISOString()} title={exact} className={className}>
      {now ? words(format, date, now) : format.dateTime(date, { day: "numeric", month: "short" })}
    </time>
  );
}

function words(format: ReturnType<typeof useFormatter>, date: Date, now: Date): string {
  const ageMs = now.getTime() - date.getTime();
  if (Math.abs(ageMs) < 2 * dayMs) return format.relativeTime(date, { now, style: "short", numberingSystem: "latn" });
  const isThisYear = date.getFullYear() === now.getFullYear();
  return format.dateTime(date, { day: "numeric", month: "short", ...(isThisYear ? {} : { year: "numeric" }) });
}
