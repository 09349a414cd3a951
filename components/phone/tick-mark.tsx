"use client";

import { Check, CheckCheck, CircleAlert, Clock } from "lucide-react";
import { useTranslations } from "use-intl";
import { cn } from "#components/ui/cn.ts";
import type { Ticks } from "./message-view.ts";

const icons = { waiting: Clock, sent: Check, delivered: CheckCheck, read: CheckCheck, failed: CircleAlert };

/** The ticks beside a message's time. */
export function TickMark({ ticks }: { ticks: Ticks }) {
  const t = useTranslations("phone.ticks");
  if (ticks === "none") return null;
  const Icon = icons[ticks];
  const tone = ticks === "read" ? "text-wa-read" : ticks === "failed" ? "text-danger" : "text-wa-tick";
  return <Icon role="img" aria-label={t(ticks)} className={cn("size-3.5", tone)} />;
}
