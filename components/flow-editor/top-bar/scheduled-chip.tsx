"use client";

import { CalendarClock } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { useEditorWorld } from "../editor-world.tsx";

/** That the draft goes live by itself, and when; a press offers to take that back. */
export function ScheduledChip() {
  const t = useTranslations("flowEditor.publish");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const format = useFormatter();
  const { scheduled, cancelPublish, canPublish } = useEditorWorld();
  if (!scheduled) return null;
  const day = { weekday: "short", day: "numeric", month: "short" } as const;
  const at = format.dateTime(scheduled.at, { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const cancel = () =>
    cancelPublish().then(
      () => toast.success(t("cancelled")),
      (error: unknown) => toast.error(t("notCancelled"), { description: errorWords(error) }),
    );
  return (
    <AlertDialog
      trigger={
        <button
          type="button"
          disabled={!canPublish}
          className="inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-full border border-info-border bg-info-tint px-2 font-medium text-info text-xs"
        >
          <CalendarClock aria-hidden className="-ml-0.5 size-3.5" />
          {t("scheduled", { at })}
        </button>
      }
      title={t("cancelAsk")}
      description={t("cancelBody", { at })}
      confirmLabel={t("cancelSchedule")}
      cancelLabel={common("cancel")}
      onConfirm={() => void cancel()}
    />
  );
}
