"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FastForward, Timer } from "lucide-react";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import type { PhonesList } from "./phones-list.ts";
import { spanOf } from "./span-of.ts";

const hour = 3_600;

/** The product's time, and the ways to move it forward: by an hour, by a day, or to the earliest wait of the shown phones. */
export function ClockBar({ list }: { list: PhonesList | undefined }) {
  const t = useTranslations("sandboxPhones");
  const format = useFormatter();
  const errorWords = useErrorWords();
  const trpc = useTRPC();
  const client = useQueryClient();
  const ahead = useAhead(list?.now);
  const skip = useMutation(
    trpc.sandboxPhones.skipAhead.mutationOptions({
      onSuccess: ({ now }) =>
        toast.success(
          t("skipped", { time: format.dateTime(now, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }) }),
        ),
      onError: (error) => toast.error(errorWords(error)),
      onSettled: () => client.invalidateQueries(),
    }),
  );
  const next = list?.planned[0];
  // One second past the moment: a wait that ends at 10:00:00.4 must be over when the clock says 10:00:01.
  const secondsToNext =
    next && list ? Math.max(1, Math.ceil((next.at.getTime() - list.now.getTime()) / 1000) + 1) : null;
  return (
    <div className="sticky top-12 z-20 flex min-h-[60px] flex-wrap items-center gap-x-4 gap-y-2 border-border border-b bg-surface px-4 py-2 md:px-6">
      <span className="grid size-9 place-items-center rounded-md bg-accent-tint text-accent">
        <Timer aria-hidden className="size-5" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="tabular font-semibold" data-testid="product-time">
          {list
            ? format.dateTime(list.now, {
                weekday: "short",
                day: "numeric",
                month: "short",
                year: "numeric",
                hour: "2-digit",
                minute: "2-digit",
                hourCycle: "h23",
              })
            : "…"}
        </p>
        <p className="text-secondary text-xs">
          {t("clock")}, {ahead >= 60 ? t("ahead", { duration: spanOf(ahead) }) : t("running")}
        </p>
      </div>
      <Button disabled={skip.isPending} onClick={() => skip.mutate({ seconds: hour })}>
        {t("plusHour")}
      </Button>
      <Button disabled={skip.isPending} onClick={() => skip.mutate({ seconds: 24 * hour })}>
        {t("plusDay")}
      </Button>
      <Button
        variant="primary"
        isBusy={skip.isPending}
        disabled={secondsToNext === null}
        onClick={() => (secondsToNext === null ? null : skip.mutate({ seconds: secondsToNext }))}
      >
        <FastForward aria-hidden />
        {secondsToNext === null ? t("nothingWaits") : t("skip")}
        {secondsToNext === null ? null : (
          <span className="tabular font-normal opacity-85">{spanOf(secondsToNext)}</span>
        )}
      </Button>
    </div>
  );
}

/** Seconds by which the product's clock runs ahead of this browser's. Read after the first paint: the server has no browser clock. */
function useAhead(now: Date | undefined): number {
  const [ahead, setAhead] = useState(0);
  useEffect(() => {
    if (now) setAhead(Math.max(0, Math.round((now.getTime() - Date.now()) / 1000)));
  }, [now]);
  return ahead;
}
