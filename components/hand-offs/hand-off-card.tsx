"use client";

import type { inferRouterOutputs } from "@trpc/server";
import { CircleCheck, Clock, Siren, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { AppRouter } from "#server/router.ts";

export type HandOffRow = inferRouterOutputs<AppRouter>["handOffs"]["list"]["rows"][number];

type HandOffCardProps = { row: HandOffRow; isBusy: boolean; onTake: () => void; onResolve: () => void };

/** One person who waits: why, since when, their last words, and the one thing to do next. */
export function HandOffCard({ row, isBusy, onTake, onResolve }: HandOffCardProps) {
  const t = useTranslations("handOffs");
  const { can } = useSession();
  const name = [row.firstName, row.lastName].filter(Boolean).join(" ") || t("someone");
  const outcome = row.status === "closed" && isClosing(row.outcome) ? t(`closedBecause.${row.outcome}`) : row.outcome;
  return (
    <li className="rounded-lg border border-border bg-surface p-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <Avatar name={name} seed={row.contactId} size="large" />
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-2">
            <Link href={`/contacts/${row.contactId}`} className="font-semibold hover:underline">
              {name}
            </Link>
            {row.priority === "urgent" ? (
              <Chip tone="danger" icon={Siren}>
                {t("urgent")}
              </Chip>
            ) : null}
            {row.status === "claimed" ? (
              <Chip tone="info" icon={UserRound}>
                {t("assignedTo", { name: row.assigneeName ?? "" })}
              </Chip>
            ) : null}
            {row.status === "resolved" ? (
              <Chip tone="success" icon={CircleCheck}>
                {t("resolved")}
              </Chip>
            ) : null}
            {row.status === "closed" ? <Chip icon={Clock}>{t("closed")}</Chip> : null}
          </div>
          <p className="mt-0.5 text-secondary text-sm">
            {[row.flowName, t("queue", { queue: row.queue }), row.phone].filter(Boolean).join(" · ")}
          </p>
          <dl className="mt-2.5 grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
            <dt className="text-secondary">{t("lastWords")}</dt>
            <dd>
              {row.lastWords ? (
                t("quoted", { text: row.lastWords })
              ) : (
                <span className="text-tertiary">{t("noWords")}</span>
              )}
            </dd>
            {row.note ? (
              <>
                <dt className="text-secondary">{t("note")}</dt>
                <dd>{row.note}</dd>
              </>
            ) : null}
            {outcome ? (
              <>
                <dt className="text-secondary">{t("outcome")}</dt>
                <dd>{outcome}</dd>
              </>
            ) : null}
          </dl>
        </div>
        <div className="flex flex-col items-end gap-2">
          <p className="text-secondary text-sm">
            {t(row.status === "closed" ? "closedOn" : row.resolvedAt ? "resolvedOn" : "waitsSince")}{" "}
            <RelativeTime date={row.resolvedAt ?? row.createdAt} />
          </p>
          {can("answer-hand-offs") && row.status === "open" ? (
            <Button variant="primary" isBusy={isBusy} onClick={onTake}>
              {t("take")}
            </Button>
          ) : null}
          {can("answer-hand-offs") && row.status === "claimed" ? (
            <Button onClick={onResolve}>{t("resolve")}</Button>
          ) : null}
          <Button asChild variant="quiet" size="dense">
            <Link href={`/contacts/${row.contactId}/why${row.flowId ? `?flow=${row.flowId}` : ""}`}>{t("why")}</Link>
          </Button>
        </div>
      </div>
    </li>
  );
}

/** Why the engine closed it; an agent's own words are shown as they are. */
const closings = ["time-over", "flow-ended", "flow-archived", "taken-out", "erasure"] as const;
const isClosing = (outcome: string | null): outcome is (typeof closings)[number] =>
  closings.some((closing) => closing === outcome);
