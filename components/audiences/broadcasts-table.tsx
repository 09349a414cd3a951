"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { CalendarClock, CircleCheck, CirclePause, CircleStop, CircleX, type LucideIcon, Radio } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { useFormatter, useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Chip, type Tone } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { AppRouter } from "#server/router.ts";

type Outputs = inferRouterOutputs<AppRouter>["audiences"]["broadcasts"];
type Broadcast = Outputs["broadcasts"][number];
type Planned = Outputs["planned"][number];

/** What is being sent to segments, what was, and what will be. */
export function BroadcastsTable({ broadcasts, planned }: { broadcasts: Broadcast[] | undefined; planned: Planned[] }) {
  const t = useTranslations("audiences.broadcasts");
  if (!broadcasts)
    return (
      <ul className="space-y-2">
        {[1, 2, 3].map((row) => (
          <li key={row}>
            <Card className="px-4 py-3.5">
              <Skeleton className="h-5 w-64" />
              <Skeleton className="mt-3 h-2 w-full" />
            </Card>
          </li>
        ))}
      </ul>
    );
  if (broadcasts.length + planned.length === 0)
    return (
      <EmptyState icon={Radio} title={t("emptyTitle")}>
        {t("emptyBody")}
      </EmptyState>
    );
  return (
    <ul className="space-y-2">
      {planned.map((row) => (
        <PlannedRow key={row.flow.id} row={row} />
      ))}
      {broadcasts.map((row) => (
        <BroadcastRow key={`${row.flow.id} ${row.occurrence}`} row={row} />
      ))}
    </ul>
  );
}

function PlannedRow({ row }: { row: Planned }) {
  const t = useTranslations("audiences.broadcasts");
  const format = useFormatter();
  const at = format.dateTime(row.at, { dateStyle: "full", timeStyle: "short" });
  return (
    <li>
      <Card className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3" aria-label={row.flow.name}>
        <Link href={`/flows/${row.flow.id}`} className="font-semibold hover:underline">
          {row.flow.name}
        </Link>
        <Chip tone="info" icon={CalendarClock}>
          {t("planned")}
        </Chip>
        <span className="text-secondary text-sm">
          {t(row.clock === "person" ? "plannedByPerson" : "plannedAt", { at })}
        </span>
      </Card>
    </li>
  );
}

const looks: Record<Broadcast["state"], { tone: Tone; icon: LucideIcon }> = {
  running: { tone: "accent", icon: Radio },
  paused: { tone: "warning", icon: CirclePause },
  done: { tone: "success", icon: CircleCheck },
  stopped: { tone: "neutral", icon: CircleStop },
  missed: { tone: "danger", icon: CircleX },
};

function BroadcastRow({ row }: { row: Broadcast }) {
  const t = useTranslations("audiences.broadcasts");
  const format = useFormatter();
  const { tone, icon } = looks[row.state];
  const isOpen = row.state === "running" || row.state === "paused";
  const waits = row.state === "running" && row.flow.status !== "active";
  const people = row.people ?? row.entered;
  return (
    <li>
      <Card className="px-4 py-3" aria-label={row.flow.name}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Link href={`/flows/${row.flow.id}`} className="font-semibold hover:underline">
            {row.flow.name}
          </Link>
          <Chip tone={waits ? "warning" : tone} icon={waits ? CirclePause : icon}>
            {t(waits ? "flowRests" : `states.${row.state}`)}
          </Chip>
          <span className="text-secondary text-sm">
            {t("to", {
              segment: row.segment.name ?? "?",
              at: format.dateTime(row.dueAt, { dateStyle: "medium", timeStyle: "short" }),
            })}
          </span>
          <span className="flex-1" />
          {isOpen ? <Acts row={row} /> : null}
        </div>
        {row.state === "missed" ? (
          <p className="mt-1 text-secondary text-sm">{t("missedBody")}</p>
        ) : (
          <>
            {isOpen ? (
              <Meter
                of="progress"
                tone={row.state === "running" ? "accent" : "neutral"}
                share={people === 0 ? 0 : row.entered / people}
                label={t("progress")}
                className="mt-2.5"
              />
            ) : null}
            <p className="tabular mt-1.5 text-secondary text-sm">
              {t("entered", { entered: format.number(row.entered), people: format.number(people), count: people })}
              {isOpen && row.perMinute ? ` · ${t("pace", { count: row.perMinute })}` : ""}
              {row.zones > 1 ? ` · ${t("zones", { count: row.zones })}` : ""}
              {row.state === "running" && row.perMinute && people > row.entered
                ? ` · ${t("left", { minutes: Math.ceil((people - row.entered) / row.perMinute) })}`
                : ""}
            </p>
          </>
        )}
      </Card>
    </li>
  );
}

function Acts({ row }: { row: Broadcast }) {
  const t = useTranslations("audiences.broadcasts");
  const format = useFormatter();
  const { can } = useSession();
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const [isAsking, setAsking] = useState(false);
  const options = {
    onSuccess: async () => {
      setAsking(false);
      await client.invalidateQueries(trpc.audiences.broadcasts.queryFilter());
    },
    onError: (error: unknown) => void toast.error(errorWords(error)),
  };
  const pause = useMutation(trpc.audiences.pauseBroadcast.mutationOptions(options));
  const resume = useMutation(trpc.audiences.resumeBroadcast.mutationOptions(options));
  const stop = useMutation(trpc.audiences.stopBroadcast.mutationOptions(options));
  if (!can("pause-flows")) return null;
  const which = { flowId: row.flow.id, occurrence: row.occurrence };
  const left = Math.max(0, (row.people ?? row.entered) - row.entered);
  return (
    <span className="flex gap-2">
      <Button
        size="dense"
        isBusy={pause.isPending || resume.isPending}
        onClick={() => (row.state === "running" ? pause : resume).mutate(which)}
      >
        {t(row.state === "running" ? "pause" : "resume")}
      </Button>
      <Button size="dense" onClick={() => setAsking(true)}>
        {t("stop")}
      </Button>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        isDanger
        isBusy={stop.isPending}
        title={t("stopTitle", { name: row.flow.name })}
        description={t("stopBody", { entered: format.number(row.entered), left: format.number(left), count: left })}
        confirmLabel={t("stopYes", { left: format.number(left), count: left })}
        cancelLabel={t("cancel")}
        onConfirm={() => stop.mutate(which)}
      />
    </span>
  );
}
